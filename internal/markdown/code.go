package markdown

func highlight(dst []byte, language string, code []byte) []byte {
	return escapeHTML(dst, code)
}
