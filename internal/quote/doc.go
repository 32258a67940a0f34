// Package quote proves quotations: it finds a quoted passage in the text of
// its source, or says that it is not there and what comes nearest.
//
// A wrong quotation never passes: one with a word changed, added, dropped or
// moved, be it only a negation, a number, a name or a tense. A right one
// always does, whatever its quotation marks, dashes, spaces, line breaks,
// ellipses and bracket marks. Likeness explains; it never proves.
//
// # Folding
//
// The source and the quotation are folded alike and compared byte for byte.
// A map leads from every folded byte back to the raw one. In this order:
//
//   - The source's declared repairs are made: each replaces every occurrence
//     of a damaged piece of text. Offsets still count raw bytes.
//   - Every quotation mark, apostrophe, prime, guillemet, backtick and corner
//     bracket becomes one mark ('), and so does a run of them, or two commas,
//     or two of < or >. White space on either side of the mark goes.
//   - Every hyphen, dash and minus, and a run of them, becomes one dash (-);
//     white space on either side goes.
//   - Three dots or more, with or without white space between them, and …,
//     become one ellipsis (…); white space on either side goes. A dot before
//     a digit and after white space begins a number and is no part of it.
//   - Soft hyphens, zero-width spaces and joiners, byte order marks, marks of
//     direction and variation selectors go.
//   - All other white space, line breaks and no-break spaces become one space.
//     It goes at both ends, before , . ; : ! ? % ) and ], after ( and [, and
//     beside a Chinese or Japanese character.
//   - The rest is put in Unicode's NFKC, https://www.unicode.org/reports/tr15/,
//     save that a raised or circled numeral stays apart from the digits beside
//     it (10² is 10^2, not 102) and a vulgar fraction is written out (1½ is
//     1 1/2).
//   - A byte that is not UTF-8 is a character of its own.
//
// # Words
//
// A passage neither begins nor ends inside a word or a number of the source:
// "conclusive" is not in "inconclusive", nor "5 percent" in "25 percent" or
// "3.5 percent", nor "000 troops" in "600,000 troops". Letters and digits
// belong together where they touch or where only one of these stands between
// them: a hyphen, en dash or slash ("NATO allies" is not in "non-NATO
// allies"), an apostrophe ("can" is not in "can't", nor "Moscow" in
// "Moscow's"), and between digits also a dot, a comma, a colon or any dash. A
// sign or a currency before a number belongs to it, a percent sign, a degree
// sign or a currency after it, and a further group of three digits after a
// space. A dash that is spaced, doubled or an em dash parts words. The elided
// article of French and Italian is a word ("accord" is in "l'accord").
// Chinese, Japanese and Thai, which write no spaces, part words anywhere but
// between two digits, after a negation such as 不, and inside a word in
// katakana.
//
// For counting, words are what these rules leave whole; of the characters of
// an unspaced script, two count as one word.
//
// # Paragraphs
//
// Paragraphs are what blank lines part; in a text without a blank line between
// two others, each non-empty line. A passage may run over several: it is
// proved, with a notice.
//
// # Finding
//
// These are tried in order; the first that finds the quotation decides.
//
//  1. The quotation as it is. A difference in the case of the first letter
//     is no difference; in that of others it is a warning.
//  2. The same without the marks [ and ] on either side: "[the Kremlin
//     talks]" for "the Kremlin talks", "[T]he war" for "the war", and the
//     reverse. The case of what the quotation has in brackets is free.
//  3. In pieces. An elision, [...] or […], parts two pieces, which stand in
//     this order in one paragraph. Any other bracket is read literally, as
//     under 2, or else as the editor's insertion, which stands for none to
//     eight words of the source between its neighbours in one paragraph. It
//     does not where it is joined to a word ("negotiat[ed]": the whole word
//     belongs in the brackets), where the source has the same words in
//     brackets itself, or where it would cover a bracket of the source: an
//     edited "[Tuesday]" must not pass for the source's "[Monday]".
//  4. In pieces, with a bare ellipsis, (…) or <…> that is not the source's
//     read as an elision, with a warning. It must not leave out an ellipsis
//     of the source, for then nobody could tell what it stands for.
//
// Of what stands between two elisions, insertions aside, fewer than three
// words must stand in one sentence with their neighbour on one side. Sentences
// are those of https://www.unicode.org/reports/tr29/#Sentence_Boundaries,
// save that a line break, an initial and a common abbreviation end none.
//
// Every piece obeys the rules for words. Punctuation is literal, inside a
// quotation and at its ends; but a sentence that ends in four dots may be
// quoted with its full stop alone. A quotation without a word to prove is
// absent.
//
// Two more quotations pass, with a warning: one wholly in quotation marks
// which the source does not have, and one that keeps a damaged place as it
// stood before a declared repair.
//
// # Several places
//
// A quotation found more than once is ambiguous. Of a quotation in pieces a
// place is a shortest run that holds all of them. "after" picks the place that
// most closely follows these words, "before" the one that they most closely
// follow; the words are found in any case, and whole. Equal distances stay
// ambiguous.
//
// # Notes
//
// A result carries notes. Errors: quote/absent (with what stands in the way,
// and the nearest passage in [Result.Nearest]), quote/ambiguous,
// quote/after-absent and quote/before-absent (a warning where there is only
// one place), quote/too-long (over 60 words without a reason) and
// quote/intricate. Warnings: quote/short (under four words), quote/long (over
// 40), quote/case, quote/elision (a bare ellipsis read as one),
// quote/outer-marks, quote/unrepaired, quote/hidden-negation (a bracket or an
// elision within eight words takes a "not" away, or puts one in) and
// quote/cut-short (the sentence goes on with "not", "unless", "until",
// "without", "if" or the like, or with the "million" of a number; or the
// quotation begins right after a "not"). Notices: quote/bracket (a bracket
// was taken for the editor's words) and quote/crosses-paragraph.
//
// # Limits
//
// Finding is linear in the text for a quotation that is there. A quotation
// of over sixty joints, or one whose pieces fit in more ways than can be tried
// in a fraction of a second, is refused with the code quote/intricate.
package quote
