package ingest

import "regexp"

// The words that tell names from what else has a capital. They are those of the
// languages that a briefing on European affairs meets most; where a language is
// missing, what the text itself has in small letters does much of the work.
var (
	// particles stand in names between words with capitals, alone or before a
	// second one.
	particles = words(`de del della di da do dos das du la le van von af av bin ibn bint ben al el of`)
	seconds   = words(`der den de la las los the`)
	// joiners are joined to what follows with a hyphen.
	joiners       = words(`al el ad an ar as ash at az ed es ul`)
	abbreviations = words(`st jr sr ste mt`)
	// heads are words that a name goes on after with "of".
	heads = words(`academy act agency army assembly association bank bay board bureau cape center centre chamber church city college commission
		committee confederation conference congress convention corps council court day declaration department duke earl emirate federation
		foundation fund group guard gulf head house institute isle kingdom league library ministry museum office order organisation
		organization parliament party people port republic school sea society state states strait supreme treaty tribunal union university
		war`)
	calendar = words(`monday tuesday wednesday thursday friday saturday sunday
		january february march april may june july august september october november december
		montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember
		easter christmas`)
	shortMonths = words(`jan feb mar apr jun jul aug sep sept oct nov dec`)
	// germanGlue are words that hold German sentences together, germanPlaces
	// prepositions that stand before places.
	germanGlue   = words(`der die das und in den dem von mit ein eine nicht zu im`)
	germanPlaces = words(`in aus nach bei`)
	// titles lead up to a name, and are none.
	titles = words(`mr mrs ms miss dr prof professor sir dame lord lady president vice deputy prime minister premier chancellor king queen
		prince princess pope secretary general state foreign defense defence interior finance treasury senator sen rep congressman
		congresswoman governor mayor ambassador envoy special chief director chairman chairwoman chair speaker spokesman spokeswoman spokesperson
		colonel col lieutenant lt major maj captain capt admiral adm gen sgt commander judge justice attorney former acting
		herr frau präsident präsidentin minister ministerin kanzler kanzlerin
		monsieur madame mme m président présidente señor señora presidente
		пан пані президент президентка міністр міністерка мер голова речник речниця посол
		господин госпожа министр мэр глава посол пресс-секретарь`)
	// stops begin sentences.
	stops = words(`a an the this that these those it its he she they we i you his her their our my your there here who what when where
		why how which while if in on at by for from to of with without under over after before since until during between among against
		as but and or nor so yet not no yes both neither either each every all some many most few several another other such one two three
		four five six seven eight nine ten more less last next then now today yesterday tomorrow also still even only just once again however
		meanwhile instead although though because despite according asked is are was were will would can could may might must should do does
		did has have had let
		der die das den dem ein eine einer er sie es wir ich ihr sein seine ihre in im am an auf bei mit nach von vor zu zum zur für und oder aber
		doch wie was wer wo wann wenn als dass auch noch nur nicht kein keine
		selon hier demain aujourd ainsi alors après avant depuis pendant chez contre malgré lors cependant toutefois voici voilà
		le la les l un une des du de au aux ce cet cette ces il elle ils elles on nous vous je son sa ses leur leurs en dans par pour sur avec
		sans sous et ou mais donc or ni car que qui quand comme si
		el los las un una unos unas y o pero su sus se lo con por para sin sobre entre como cuando donde si no
		il lo gli i uno nel nella di a da e ma se che chi come quando non
		у в на з із зі за до від про по при для без під над між та і й але або не що як де коли хто він вона воно вони ми ви я ти це цей ця ці
		його її їх їхній також ще вже тим так
		в во на с со к ко о об от до по при для без под над между и а но или не что как где когда кто он она оно они мы вы это этот эта эти
		его ее их также еще уже так
		ο η το οι τα του της των τον την στο στη στον στην και αλλά ή δεν να θα που πώς από για με σε`)
)

var (
	// germanNoun are endings of nouns, and hardly of names.
	germanNoun = regexp.MustCompile(`(?:ung|ungen|heit|keit|schaft|schaften|tion|tionen|tät|nis|nisse|chen|ismus|ment|tur|enz|anz|ben|sicht|kraft|fall)$`)
	// office are offices as German joins them together: "Außenministerin".
	office = regexp.MustCompile(`(?:minister|kanzler|präsident|sprecher|meister|sekretär|direktor|beauftragte|vorsitzende|führer|vertreter|botschafter|kommissar|general|chef|agentur)(?:in|r|n|s)?$`)
)

// isOffice reports whether a word, in small letters, leads up to a name.
func isOffice(lower string) bool { return titles[lower] || office.MatchString(lower) }
