package quote

// Invented prose with what trips up matching: abbreviations, numbers, nested
// marks and brackets, dashes of all kinds, possessives and compounds.
const english = `RIVERTON, March 3 — Negotiators from the Upper and Lower Basin met for the third time in five weeks on Tuesday, and “nobody walked out,” as one of them put it.
The two sides did not publish the draft. Mr. Okafor, the Upper Basin's chief engineer, said it ran to 25 pages, with 3.5 percent of the annual flow -- about 600,000 cubic metres -- set aside for fish.
"We'll sign when the figures are right," he told reporters. "Not before. It isn't a question of trust."
The Lower Basin's delegation, led by Dr. A. B. Lindqvist, called the long-standing dispute “closer to being settled than at any time since 1994.” It asked for $5 billion over ten years; the Upper Basin has offered $1.5 billion.
“During [the spring talks] it was agreed that the non-federal dams would stay in local hands,” Lindqvist said, adding that “until this is written down… we can't recommend it.”
Observers from the U.S. and Canada attended. A senior U.S. official, who was not authorized to speak publicly, said the meeting was inconclusive but useful.
“They had been told, ‘Sign or go home,’ and they went home,” the official said. “[T]he trust is gone.... And then the letters stopped coming,” she added.
Between January 22–23 and the end of February 2025, water levels fell 12 percent; in the south they fell by −4 degrees’ worth of evaporation, farmers’ groups claim.
The Upper Basin will not release water unless the Lower Basin closes its two oldest canals. The Lower Basin says it cannot close them without federal money.
A fourth round is planned for April 14 in Easton, if both parliaments agree. Officials who've seen the plan say it's "fair"; others — including two ex-ministers — say it is not.
`

const german = `Die Unterhändler trafen sich am Dienstag zum dritten Mal, und „niemand ist gegangen“, wie einer von ihnen sagte.

Der Entwurf umfasst 25 Seiten. Für Fische sind 3,5 Prozent vorgesehen – rund 600 000 Kubikmeter. Dr. Lindqvist sprach von einer „Frage des Vertrauens“.

»Wir unterschreiben, wenn die Zahlen stimmen«, sagte Okafor. Das Ober- und das Unterland haben sich nicht geeinigt.
`

const french = `Les négociateurs se sont réunis mardi pour la troisième fois, et « personne n’est parti », selon l’un d’eux.

Le projet compte 25 pages. L’accord prévoit 3,5 % du débit annuel – environ 600 000 mètres cubes – pour les poissons ; rien n’est signé.

« Nous signerons quand les chiffres seront justes », a dit M. Okafor : « Pas avant. »
`

const ukrainian = `Переговірники зустрілися у вівторок утретє за п’ять тижнів, і «ніхто не пішов», як сказав один із них.

Проєкт має 25 сторінок. «Ми підпишемо, коли цифри будуть правильні, — сказав Окафор. — Не раніше».

Сторони не домовилися про об’єкти на півдні.
`

const chinese = `上游和下游的谈判代表周二第三次会面，“没有人离开”，其中一人说。

草案有25页，每年为鱼类留出约60万立方米的水量。
双方没有公布草案，也不同意关闭两条最老的水渠。
`

const japanese = `上流と下流の交渉担当者は火曜日、五週間で三度目となる会談を行い、「誰も席を立たなかった」と一人が述べた。

ウラジーミル・オカフォー技師は「数字が正しければ署名する」と語った。
`
