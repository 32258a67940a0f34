package record

import (
	"strings"
	"testing"
	"unicode"
)

func TestSlug(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"", ""},
		{"a", "a"},
		{"vladimir-putin", "vladimir-putin"},
		{"Vladimir Putin", "vladimir-putin"},
		{"2026-01-23 Abu Dhabi", "2026-01-23-abu-dhabi"},
		{"Zaporizhzhya Nuclear Power Plant", "zaporizhzhya-nuclear-power-plant"},
		{"U.S.", "u-s"},
		{"-- a --  b --", "a-b"},
		{"...", ""},
		{"a_b/c\\d", "a-b-c-d"},
		{"Côte d’Ivoire", "cote-d-ivoire"},
		{"Çavuşoğlu", "cavusoglu"},
		{"Łukasz", "łukasz"},
		{"İstanbul", "istanbul"},
		{"STRASSE straße", "strasse-straße"},
		{"ﬁnal Ⅷ №５ x²", "final-viii-no5-x2"},
		{"Ο Μητσοτάκης", "ο-μητσοτακης"},
		{"Володимир Зеленський", "володимир-зеленський"},
		{"Володимир Зеленськии\u0306", "володимир-зеленський"},
		{"Путин, Владимир Влади\u0301мирович", "путин-владимир-владимирович"},
		{"Лук'яненко", "лук-яненко"},
		{"Лукʼяненко", "лук-яненко"},
		{"שָׁלוֹם", "שלום"},
		{"مُحَمَّد", "محمد"},
		{"दिल्ली", "दिल्ली"},
		{"ガンマ", "ガンマ"},
		{"カ\u3099ンマ", "ガンマ"},
		{"서울 Seoul", "서울-seoul"},
		{"北京市", "北京市"},
		{"soft\u00adhyphen\ufeff", "softhyphen"},
		{"\u0301acute first", "acute-first"},
		{"1\ufe0f\u20e3 one", "1-one"},
		{"bad \xff byte", "bad-byte"},
		{"bad\xf3ΰ", "bad-υ"},
	} {
		if got := Slug(test.name); got != test.want {
			t.Errorf("Slug(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

func TestSlugOfSlugAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Slug("2026-01-23-abu-dhabi") }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"", "Vladimir Putin", "Зеленський", "दिल्ली", "İ", "--", "ﬃ", "カ\u3099", "a\u0301b", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if full := fullSlug(s); slug != full {
			t.Errorf("Slug(%q) = %q, want %q", s, slug, full)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("Slug(%q) = %q, but its slug is %q", s, slug, again)
		}
		for _, r := range slug {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				t.Errorf("Slug(%q) = %q has %q", s, slug, r)
			}
		}
		if strings.Trim(slug, "-") != slug || strings.Contains(slug, "--") {
			t.Errorf("Slug(%q) = %q has an empty word", s, slug)
		}
	})
}

func BenchmarkSlug(b *testing.B) {
	for _, name := range []string{"2026-01-23-abu-dhabi", "Zaporizhzhya Nuclear Power Plant", "Володимир Зеленський"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Slug(name)
			}
		})
	}
}
