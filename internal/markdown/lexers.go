package markdown

import "github.com/alecthomas/chroma/v2"

// The lexers are our own, few and small: importing chroma/v2/lexers costs
// every start of the program 8 ms or more, whether or not a page has code.
// Their rules are compiled when first used.

var lexers = byAlias(
	chroma.MustNewLexer(&chroma.Config{Name: "YAML", Aliases: []string{"yaml", "yml"}}, yamlRules),
	chroma.MustNewLexer(&chroma.Config{Name: "JSON", Aliases: []string{"json", "jsonl"}}, jsonRules),
	chroma.MustNewLexer(&chroma.Config{Name: "Markdown", Aliases: []string{"markdown", "md"}}, markdownRules),
	chroma.MustNewLexer(&chroma.Config{Name: "Shell", Aliases: []string{"sh", "bash", "shell", "zsh"}}, shellRules),
	chroma.MustNewLexer(&chroma.Config{Name: "Console", Aliases: []string{"console", "shell-session", "terminal"}}, consoleRules),
	chroma.MustNewLexer(&chroma.Config{Name: "Diff", Aliases: []string{"diff", "patch"}}, diffRules),
	chroma.MustNewLexer(&chroma.Config{Name: "CSV", Aliases: []string{"csv"}}, csvRules),
)

func byAlias(list ...*chroma.RegexLexer) map[string]chroma.Lexer {
	m := map[string]chroma.Lexer{}
	for _, l := range list {
		for _, a := range l.Config().Aliases {
			m[a] = l
		}
	}
	return m
}

// Each rule either takes a bounded piece of the line or is anchored at its
// start, so that no line takes quadratic time.

func yamlRules() chroma.Rules {
	scalars := []chroma.Rule{
		{Pattern: `"(?:\\.|[^"\\\n])*"`, Type: chroma.String},
		{Pattern: `'(?:''|[^'\n])*'`, Type: chroma.String},
		{Pattern: `(?:true|false|null|~)(?=[ \t]*(?:[,\]}#\n]|$))`, Type: chroma.KeywordConstant},
		{Pattern: `-?\d+(?:\.\d+)?(?=[ \t]*(?:[,\]}#\n]|$))`, Type: chroma.LiteralNumber},
		{Pattern: `[\[\]{},]`, Type: chroma.Punctuation},
		{Pattern: `[&*][\w-]+`, Type: chroma.NameVariable},
		{Pattern: `[|>][+-]?(?=[ \t]*$)`, Type: chroma.Punctuation},
		{Pattern: `[^\s\[\]{},"']+`, Type: chroma.Literal},
		{Pattern: `.`, Type: chroma.Literal},
	}
	return chroma.Rules{
		"root": {
			{Pattern: `\s+`, Type: chroma.Whitespace},
			{Pattern: `#[^\n]*`, Type: chroma.Comment},
			{Pattern: `(?:---|\.\.\.)(?=\s|$)`, Type: chroma.Punctuation},
			{Pattern: `-(?=\s)`, Type: chroma.Punctuation},
			{
				Pattern: `([^\s:#\[\]{},"'&*!|>%@` + "`" + `-][^\n:#"'\[\]{}]*|"[^"\n]*"|'[^'\n]*')(:)(?=\s|$)`,
				Type:    chroma.ByGroups(chroma.NameTag, chroma.Punctuation), Mutator: chroma.Push("value"),
			},
			chroma.Default(chroma.Push("value")),
		},
		"value": append([]chroma.Rule{
			{Pattern: `\n`, Type: chroma.Whitespace, Mutator: chroma.Pop(1)},
			{Pattern: `(?<=\s)#[^\n]*`, Type: chroma.Comment},
			{Pattern: `[ \t]+`, Type: chroma.Whitespace},
		}, scalars...),
	}
}

func jsonRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `\s+`, Type: chroma.Whitespace},
		{Pattern: `"(?:\\.|[^"\\\n])*"(?=\s*:)`, Type: chroma.NameTag},
		{Pattern: `"(?:\\.|[^"\\\n])*"`, Type: chroma.String},
		{Pattern: `-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`, Type: chroma.LiteralNumber},
		{Pattern: `(?:true|false|null)\b`, Type: chroma.KeywordConstant},
		{Pattern: `[\[\]{},:]`, Type: chroma.Punctuation},
		{Pattern: `.`, Type: chroma.Text},
	}}
}

// MarkdownRules know the front matter and the links of content files.
func markdownRules() chroma.Rules {
	return chroma.Rules{
		"root": {
			{Pattern: `\A---[ \t]*\n`, Type: chroma.Punctuation, Mutator: chroma.Push("front")},
			chroma.Default(chroma.Push("body")),
		},
		"front": {
			{Pattern: `---[ \t]*(?:\n|$)`, Type: chroma.Punctuation, Mutator: chroma.Push("body")},
			{Pattern: `#[^\n]*`, Type: chroma.Comment},
			{Pattern: `([\w-]+)(:)`, Type: chroma.ByGroups(chroma.NameTag, chroma.Punctuation)},
			{Pattern: `\n`, Type: chroma.Text},
			{Pattern: `[^\n#]+`, Type: chroma.Literal},
		},
		"body": {
			{Pattern: `^#{1,6}[ \t][^\n]*`, Type: chroma.GenericHeading},
			{Pattern: `^(?:[ \t]*>)+`, Type: chroma.Keyword},
			{Pattern: `^([ \t]*)([-*+]|\d{1,9}[.)])(?=[ \t])`, Type: chroma.ByGroups(chroma.Whitespace, chroma.Keyword)},
			{Pattern: `\\[^\w\s]`, Type: chroma.StringEscape},
			{Pattern: `\[\[[^\[\]\n]{1,400}\]\]`, Type: chroma.NameAttribute},
			{Pattern: `\[@[^\[\]\n]{1,400}\]`, Type: chroma.NameVariable},
			{Pattern: "`[^`\\n]{1,400}`", Type: chroma.String},
			{Pattern: `\*\*[^*\n]{1,400}\*\*`, Type: chroma.GenericStrong},
			{Pattern: `\*[^*\n]{1,400}\*`, Type: chroma.GenericEmph},
			{Pattern: `[^\\\[*` + "`" + `\n]+`, Type: chroma.Text},
			{Pattern: `\n|.`, Type: chroma.Text},
		},
	}
}

func shellRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `\s+`, Type: chroma.Whitespace},
		{Pattern: `(?<![\w$])#[^\n]*`, Type: chroma.Comment},
		{Pattern: `"(?:\\.|[^"\\])*"`, Type: chroma.String},
		{Pattern: `'[^']*'`, Type: chroma.String},
		{Pattern: `\$(?:\{[^}\n]{0,200}\}|\w+|[#?@*$!-])`, Type: chroma.NameVariable},
		{Pattern: `(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|return)(?![\w./-])`, Type: chroma.Keyword},
		{Pattern: `(?:cd|echo|printf|export|set|test|exit|source|read)(?![\w./-])`, Type: chroma.NameBuiltin},
		{Pattern: `&&|\|\||[|&;<>]+`, Type: chroma.Operator},
		{Pattern: `[(){}\[\]]`, Type: chroma.Punctuation},
		{Pattern: `[^\s"'$#|&;<>(){}\[\]]+`, Type: chroma.Text},
		{Pattern: `.`, Type: chroma.Text},
	}}
}

// ConsoleRules tell what is typed, behind a prompt, from what is answered.
func consoleRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `^([$%#>][ \t])([^\n]*)`, Type: chroma.ByGroups(chroma.GenericPrompt, chroma.Text)},
		{Pattern: `[^\n]+`, Type: chroma.GenericOutput},
		{Pattern: `\n`, Type: chroma.Whitespace},
	}}
}

func diffRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `(?:diff |index |---|\+\+\+)[^\n]*`, Type: chroma.GenericHeading},
		{Pattern: `@@[^\n]*`, Type: chroma.GenericSubheading},
		{Pattern: `\+[^\n]*`, Type: chroma.GenericInserted},
		{Pattern: `-[^\n]*`, Type: chroma.GenericDeleted},
		{Pattern: `[^\n]+`, Type: chroma.Text},
		{Pattern: `\n`, Type: chroma.Whitespace},
	}}
}

func csvRules() chroma.Rules {
	return chroma.Rules{"root": {
		{Pattern: `"(?:""|[^"])*"`, Type: chroma.String},
		{Pattern: `-?\d+(?:\.\d+)?(?=[,\n]|$)`, Type: chroma.LiteralNumber},
		{Pattern: `,`, Type: chroma.Punctuation},
		{Pattern: `[^",\n]+`, Type: chroma.Text},
		{Pattern: `[\n"]`, Type: chroma.Text},
	}}
}
