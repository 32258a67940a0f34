package quote

import "testing"

func TestWrapped(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"lines of a screen":            {"The second round of the talks ended on\nFriday without a date. The mayor told\nreporters that the ferry must run, and\nthat she would not say who is to\npay for it. The other side said\nnothing.", true},
		"with blank lines between all": {"The second round of the talks ended on\n\nFriday without a date. The mayor told\n\nreporters that the ferry must run, and\n\nthat she would not say who is to\n\npay for it. The other side said\n\nnothing.", true},
		"without capitals":             {"第二轮会谈周五结束没有\n确定日期市长告诉记者渡\n轮必须继续运行并且她不\n愿说谁来支付费用另一方\n什么也没有说。", true},
		"a paragraph to the line":      {"The round ended.\nThe mayor said: “It must run”\nShe left.\nThe other side said nothing.\nIt left too.\nNobody stayed.", false},
		"headings":                     {"The Round\nThe Mayor\nThe Ferry\nThe Money\nThe End", false},
		"wrapped in paragraphs":        {"The second round of the talks ended on\nFriday without a date. The mayor told\nreporters that the ferry must run, and\n\nthat she would not say.\nNobody\nwould.", false},
		"too short to tell":            {"one\ntwo\nthree\nfour", false},
		"nothing":                      {"", false},
	} {
		if got := NewText([]byte(c.text), nil).Wrapped(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
