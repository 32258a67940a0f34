package quote

import (
	"strings"
	"testing"
)

// eachLine looks for quotations in a text, one to a line.
func eachLine(t *testing.T, text, quotations string, check func(t *testing.T, x *Text, q string, r Result)) {
	t.Helper()
	x := NewText([]byte(text), nil)
	for q := range strings.Lines(quotations) {
		if q = strings.TrimSpace(q); q != "" {
			check(t, x, q, x.Find(q, Options{}))
		}
	}
}

func proved(kinds ...Kind) func(*testing.T, *Text, string, Result) {
	return func(t *testing.T, x *Text, q string, r Result) {
		t.Helper()
		for _, k := range kinds {
			if r.Kind == k {
				return
			}
		}
		t.Errorf("%q is %s, want %v; notes %v", q, r.Kind, kinds, r.Notes)
	}
}

func TestRight(t *testing.T) {
	eachLine(t, english, `
		Negotiators from the Upper and Lower Basin met
		negotiators from the Upper and Lower Basin met
		RIVERTON, March 3 -- Negotiators
		RIVERTON, March 3 – Negotiators
		RIVERTON, March 3-Negotiators
		and "nobody walked out," as one
		and « nobody walked out, » as one
		and 'nobody walked out,' as one
		and „nobody walked out,‟ as one
		and ''nobody walked out,'' as one
		and `+"``"+`nobody walked out,'' as one
		and ‹nobody walked out,› as one
		and 「nobody walked out,」 as one
		the Upper Basin’s chief engineer
		the Upper Basinʼs chief engineer
		the Upper Basin`+"`"+`s chief engineer
		the Upper Basin´s chief engineer
		the Upper Basin′s chief engineer
		3.5 percent of the annual flow — about 600,000 cubic metres — set aside
		3.5 percent of the annual flow – about 600,000 cubic metres – set aside
		3.5 percent of the annual flow—about 600,000 cubic metres—set aside
		3.5 percent of the annual flow --- about 600,000 cubic metres - set aside
		the long‐standing dispute
		the long‑standing dispute
		the long-stand`+"\u00ad"+`ing dis`+"\u200b"+`pute
		The Lower Basin's delegation, led by Dr. A. B. Lindqvist, called
		It asked for $5 billion over ten years
		“until this is written down... we can’t recommend it.”
		"until this is written down . . . we can't recommend it."
		"until this is written down.... we can't recommend it."
		"until this is written down … we can't recommend it."
		The trust is gone…. And then the letters stopped
		the trust is gone.... And then the letters stopped
		the trust is gone… And then the letters stopped
		"[T]he trust is gone . . . . And then
		“[T]he trust is gone.
		"The trust is gone.
		The trust is gone. [...] And then the letters stopped coming
		During [the spring talks] it was agreed
		During the spring talks it was agreed
		during [the spring] talks it was agreed
		[d]uring the spring talks it was agreed
		that the [non-federal] dams would stay
		that the non–federal dams would stay
		They had been told, 'Sign or go home,' and they went home
		"They had been told, "Sign or go home," and they went home
		the end of February 2025, water levels
		January 22-23 and the end
		January 22—23 and the end
		fell by -4 degrees' worth of evaporation, farmers' groups claim.
		others -- including two ex-ministers -- say it is not
		say it's “fair”; others
		say it's "fair" ; others
		in the south they fell by −4 degrees’ worth
		chief engineer, said it ran to 25 pages
		CHIEF ENGINEER, SAID IT RAN TO 25 PAGES
	`, proved(Exact, Folded))
}

func TestWrong(t *testing.T) {
	eachLine(t, english, `
		The two sides did publish the draft
		The two sides do not publish the draft
		The two sides have not publish the draft
		The two side did not publish the draft
		The two sides did not publish a draft
		The two sides did not publish the the draft
		The sides two did not publish the draft
		The two sides did not ever publish the draft
		The three sides did not publish the draft
		The two sides didn't publish the draft
		conclusive but useful
		was conclusive but useful
		5 pages, with 3.5 percent
		5 percent of the annual flow
		.5 percent of the annual flow
		000 cubic metres
		00,000 cubic metres
		with 3.5 percent of the annual flow -- about 600
		federal dams would stay in local hands
		would stay in local hand
		5 billion over ten years
		asked for 5 billion over ten years
		It asked for $50 billion over ten years
		It asked for £5 billion over ten years
		has offered $1
		has offered $1.5 million
		23 and the end of February
		between January 22
		January 22–24 and the end
		4 degrees’ worth of evaporation
		the Upper Basins chief engineer
		the Upper Basin chief engineer
		It is a question of trust
		It isn't a question of trusts
		until this is written down… we can
		we can recommend it
		standing dispute
		a long
		called the long standing dispute
		called the longstanding dispute
		closer to being settled at any time since 1994
		closer to being settled than at any time since 1995
		During [the autumn talks] it was agreed
		During [the talks] it was agreed
		During [the spring talk] it was agreed
		[the autumn talks] it was agreed that the non-federal dams
		“During [the autumn talks]
		During it was agreed that
		who was authorized to speak publicly
		who was not authorised to speak publicly
		led by Dr. B. A. Lindqvist
		led by Dr. A. B. Lindquist
		led by Mr. A. B. Lindqvist
		S. and Canada attended
		ministers — say it is not
		say it is not fair
		they went home,’ the official said and
		nobody walked out as one of them put it
		negotiat[ing] from the Upper
		he trust is gone
		will not release water if the Lower Basin closes
		will release water unless the Lower Basin closes
		will not release water unless the Upper Basin closes
		say it's fair
		the trust is gone … the letters stopped coming
	`, proved(Absent))
}

func TestPieces(t *testing.T) {
	eachLine(t, english, `
		Negotiators from the Upper [...] met for the third time
		Negotiators from the Upper […] met for the third time
		Negotiators from the Upper [ ... ] met for the third time
		Negotiators from the Upper [ . . . ] met for the third time
		Negotiators from the Upper[…]met for the third time
		Negotiators from the Upper [....] met for the third time
		[...] from the Upper and Lower Basin met for the third time [...]
		Negotiators [...] met [...] on Tuesday
		During [the [...] talks] it was agreed
		The two sides did not [...] said it ran to 25 pages
		[The engineer] said it ran to 25 pages
		said it ran to 25 pages, with [some of the] flow -- about
		The two [delegations] did not publish the draft
		The two [...] publish [a paper]
		The [basins’] two sides did not publish [...] it ran to 25 pages
		During [the spring talks] it was agreed that [they] would stay in local hands
		During the spring talks [...] the [...] dams would stay in local hands
		until this is written [on paper] we can't recommend it
		Negotiators from the Upper and Lower Basin met for the third time … and “nobody walked out,”
		Negotiators from the Upper and Lower Basin met (…) on Tuesday
		Negotiators from the Upper and Lower Basin met <...> on Tuesday
		negotiators from the Upper and Lower Basin met for the [next] time
	`, proved(Elided))
	eachLine(t, english, `
		met for the third time [...] Negotiators from the Upper
		Negotiators from the Upper [...] did not publish the draft
		Negotiators from the Lower [...] met for the third time
		did not publish [...] fish
		publish [...] set aside for fish
		U.S. and Canada attended. [...] useful
		The two [envoys, who had come a long way,] not published
		Canada [...] senior U.S. official, who was not
		It asked for $[...] billion
		The two [x] pages, with 3.5 percent of the annual
		The two sides did not publish the draft. Mr. Okafor, the Upper Basin's chief engineer, said [x] annual flow
		negotiat[or] from the Upper and Lower Basin met
		led by [Ms.] Lindqvist, calls the
		During talks it was agreed that the non-federal [the spring talks] dams
		agreed that [the spring talks] the non-federal dams would stay
		[the Lower Basin]'s chief engineer
		non-[x] dams would stay
		non [...] dams would stay in local hands
		the Lower Basin closes its [...] est canals
		[...]
		[the spring talks] […]
		[they] [...] [them]
		The trust is gone … letters stopped coming
	`, func(t *testing.T, x *Text, q string, r Result) {
		t.Helper()
		if r.Kind.Proved() {
			t.Errorf("%q is %s: %v", q, r.Kind, r.Parts)
		}
	})
}

func TestLanguages(t *testing.T) {
	for _, c := range []struct{ text, right, wrong string }{
		{german, `
			und "niemand ist gegangen", wie einer
			und »niemand ist gegangen«, wie einer
			sind 3,5 Prozent vorgesehen -- rund 600 000 Kubikmeter
			sind 3,5 Prozent vorgesehen — rund 600 000 Kubikmeter
			„Wir unterschreiben, wenn die Zahlen stimmen“, sagte Okafor
			das Unterland haben sich nicht geeinigt
			der Entwurf umfasst 25 Seiten
		`, `
			und "niemand war gegangen", wie einer
			5 Prozent vorgesehen
			000 Kubikmeter
			rund 600
			das Unterland haben sich geeinigt
			das Unterland hat sich nicht geeinigt
			händler trafen sich am Dienstag
		`},
		{french, `
			et "personne n'est parti", selon l'un d'eux
			et “personne n’est parti”, selon
			un d’eux
			accord prévoit 3,5 % du débit annuel
			prévoit 3,5% du débit annuel - environ 600 000 mètres cubes - pour les poissons; rien n'est signé
			a dit M. Okafor: "Pas avant."
		`, `
			personne est parti
			et "personne n'était parti", selon
			est parti », selon
			5 % du débit annuel
			L’accord prévoit 3,5
			000 mètres cubes
			rien est signé
		`},
		{ukrainian, `
			утретє за п'ять тижнів, і "ніхто не пішов", як сказав
			Ми підпишемо, коли цифри будуть правильні, – сказав Окафор. – Не раніше
			про об'єкти на півдні
			проєкт має 25 сторінок
		`, `
			і «ніхто пішов», як сказав
			єкти на півдні
			Сторони домовилися
			Проєкт має 26 сторінок
			за шість тижнів
		`},
		{chinese, `
			谈判代表周二第三次会面，「没有人离开」，其中一人说
			谈判代表 周二 第三次会面, "没有人离开"
			草案有 25 页，每年为鱼类留出约 60 万立方米的水量
			没有公布草案，也不同意关闭
			草案[...]水量
			双方没有公布[文件]，也不同意
		`, `
			同意关闭两条最老的水渠
			谈判代表周三第三次会面
			5页，每年为鱼类
			留出约60
			双方公布草案
			有公布草案
		`},
		{japanese, `
			五週間で三度目となる会談を行い、『誰も席を立たなかった』と
			オカフォー技師は"数字が正しければ署名する"と語った
			誰も席を立たなかった
		`, `
			四週間で三度目となる会談
			フォー技師は
			数字が正しければ署名した
		`},
	} {
		eachLine(t, c.text, c.right, proved(Exact, Folded, Elided))
		eachLine(t, c.text, c.wrong, proved(Absent))
	}
}
