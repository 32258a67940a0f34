// Package search makes the index that lets a reader search a briefing without
// a server: from any host, and from a disk.
//
// [Make] turns a resolved site and its proofs into the files below search/.
// static/search.js reads them in the browser; this comment says all that
// another client needs to know. The index holds what the pages show and nothing
// else: of a source that may not be published whole, its quotations. It is the
// same bytes for the same site. Nothing is refused: what the editors got wrong
// was reported long before.
//
// # What is found
//
// An object is what a result shows: an actor, an issue, a meeting, a source, a
// claim or a page. It has names (its title and aliases), facts (who, when,
// where, as a result shows them), words that it is found by beside these, and
// runs. A run is text that a quotation may run through, such as the paragraphs
// of a note; it is a list of passages, each with the anchor on the page that
// leads to it. Objects are numbered by kind, then in the order of the site, of
// what has a date the newest first.
//
// The passages of an object are cut into segments of 800 words or few more;
// nearly every object has one. The first has the names and facts as well. Runs
// go on from one segment to the next. The segments of all objects are numbered
// in order, and the table below speaks of segments.
//
// A word is a run of letters, marks and digits, once the text is folded:
// invisible format characters go (U+00AD and its like, variation selectors);
// each character of category No is set apart by spaces; then NFKD; marks on
// Latin, Greek, Hebrew and Arabic letters go; lower case, with ς as σ; NFC.
// A dot, a comma or a colon between two digits belongs to the number. In
// Chinese, Japanese, Thai, Lao, Khmer and Burmese script, which part no words,
// each character is a word, with the marks that follow it. So neither case,
// quotation marks, dashes, spaces and line breaks, nor any other punctuation
// make a difference: "co-operate" and "co operate" are the same two words.
//
// A query finds objects:
//
//   - by words, all of which they hold. A word of three letters or more also
//     stands for those that begin with it. A word of four or more that nothing
//     has, nor begins with, stands for those of the spelling list that are one
//     edit away: another letter, one more, one less, or two neighbours swapped.
//     Where the edit is in the second half of the word, also for those that
//     begin with such a word, if that ends with the same letter. On the list
//     are all words of three letters or more; on a site of over 1,000 segments
//     only those of names, and those that are in two segments.
//   - by a quotation: words that stand in this order, with no other between
//     them, in one name, one fact or one run. An elision ends a run: what stands
//     on both sides of one is no quotation.
//
// The answers are complete and exact. Where the candidates for a short quotation
// of frequent words are many, reading them all takes a while, and a client says
// so.
//
// # Parts
//
// A part is a script, since a page that was opened from a disk may not fetch
// anything else. It calls a function that the client has:
//
//	readoutSearch("0123abcd","t/12",…)
//
// The arguments are a digest of the whole index, which is the same in all parts
// of one build, the name of the part (its path below search/, without ".js"),
// and its content as below. The content is JSON. A client asks for parts with
// the digest as their query, so that no cache gives it one of another build.
//
// A number is written in digits. Those of code '#' (35) to 'Z' (90) end it and
// are worth 0 to 55; those from ']' (93) to '{' (123) do not: such a digit is
// worth code-93+56, and 31 times the number that follows is added.
//
// A list of ascending numbers is a Rice code. The first character is k, as a
// number. The rest are bits, six to a character of code '#' to '[' and ']' to
// 'c', the lowest first. Of each number the distance d from the one before it,
// less one, is d>>k zeros, a one, and the k low bits of d, the lowest first;
// the first number counts from 0. Zeros fill the last character. An empty list
// has no characters.
//
// index.js: one object.
//
//	version   3
//	kinds     the names of the kinds of objects, in order
//	ends      for each kind the number of its last object, plus one
//	segments  how many there are
//	more      list: the segments of the same object as the one before
//	buckets   how many there are
//	exact     the limit for exact pairs, below
//	facts     objects to a part of facts
//	texts     list: the first segment of each part of passages
//	table     for each block of the table a string that is not after its first
//	          key, and after all keys of the blocks before
//
// t/N.js: block N of the table, a sorted list of keys, each with lists of
// segments. Keys are compared by their UTF-16 code units. Two strings: the keys
// and the lists, each joined by spaces. The first digit of a key is how many
// code units it shares with the one before it in the block; the rest follows.
// The keys are
//
//	word          where it is; after a "|", where it is in a name
//	&word&word    where these two are neighbours, if they are an exact pair
//	#N            where other neighbours are of bucket N
//	>word         on the spelling list
//	<drow         on the spelling list, backwards
//	=id           no segments, but the number of the record's object
//
// Neighbours are words side by side in one name, fact or run; those at the end
// of a segment and the beginning of the next are the first one's. They are an
// exact pair if the numbers of segments in which they are, multiplied, come to
// the limit: then both are so frequent that they are in many of the same
// segments by chance. The bucket of others is, in 32 bits without a sign, with f the FNV-1a hash of a word's UTF-16
// code units, >> before ^:
//
//	x = f(first)*0x9E3779B1 + f(second)
//	x = (x ^ x>>15) * 0x85EBCA6B
//	(x ^ x>>13) mod buckets
//
// d/N.js: the text of the segments from texts[N] on, a list with for each
//
//	[place, href, names, facts, stance, also, runs]
//
// Place is 0 for the first segment of an object, 2 for one whose first run goes
// on from the one before, else 1. Names, facts and what the object is found by
// beside them belong to the first segment, though names and facts are repeated.
// Stance is 0 or [code, sign, words]. A run is a list of anchors and texts in
// turn; an empty anchor leads where href does. Addresses are relative to the
// site's root.
//
// f/N.js: what facets know of the objects from N*facts on, a string of numbers.
// For each object: how many objects it belongs to; these, in order, each as its
// distance from the one before, less one, from -5; then 0 for no date, or d>0
// and n: its first day is (d-1)/2 days after that of the dated object before it
// in the part, or d/2 days before if d is even, and its last n days later. Days
// count from 1 January 1970. What is belonged to is an actor, an issue, a
// meeting or a source; each of these belongs to itself. A claim belongs besides
// to -4 if it is in its holder's own words, to -3 if it is relayed, to -2 if it
// rests on somebody unnamed, and to -1 if it stands in a document.
//
// # Finding
//
// A word is looked up in the table, as are all keys that begin with it. For a
// misspelt word of n letters one half of what was meant is right: either its
// first (n-1)/2 letters, by which it stands in the keys ">", or its last n/2,
// backwards in the keys "<". Each key found is compared.
//
// For a quotation of two words that are an exact pair that is all: if there is
// no such key, they stand nowhere side by side. Otherwise its candidates are
// found first. In the first of its segments the first k pairs of its words are
// neighbours, or in the same bucket; in the next one, if k is not all of them,
// the rest. The object holds all of its words. Five pairs and the four longest
// words, which are seldom frequent, leave few candidates of a long quotation:
// a pair is in a bucket for sure if it would be even with a word that is in all
// segments. Where that leaves fewer than three pairs, or more than eight
// candidates, the first twelve words and their pairs are taken, as they are for
// a quotation of up to five words. No pair is beyond the first 800 words. Then
// each candidate is read: its words must stand there.
package search
