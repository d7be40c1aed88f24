import { wordSet } from './word-set.ts'

/** What people do, and products and companies do not; third person, present and past. Folded. */
export const personVerbs =
  wordSet(`grew grows said says rose rises runs ran told tells asked asks wrote writes thinks thought knew knows called calls rang rings replied replies answered answers agreed agrees
  disagreed disagrees noticed confirmed suggested suggests promised hopes hoped believes feels felt laughed smiled joked shouted whispered nodded sighed
  mentioned explained complained apologised apologized insisted argued admits admitted reckons insists remembers remembered forgot forgets prefers likes liked loves
  loved hates hated sits sat stands stood walked walks drove drives flew flies rode left arrived arrives lives lived died married
  moved worked joined retired resigned quit signed took takes brought brings gave gives picked picks sent sends paid pays bought buys sold owes
  wore carried carries helped helps looked looks saw sees heard hears met meets found finds spoke speaks talked talks teaches taught learned
  caught made makes did does chaired presented proposed seconded reviewed approved rejected renewed typed stole forwarded handed booked
  sagt sagte meint meinte fragt fragte schreibt schrieb findet fand weiss wusste mochte glaubt glaubte denkt dachte hofft kommt kam geht ging
  fahrt fuhr holt holte bringt brachte macht machte wohnt wohnte lebt lebte arbeitet arbeitete ubernimmt ubernahm moderiert organisiert
  kennt kannte sucht suchte ruft rief schickt schickte wartet wartete steht stand sitzt sass liegt lag giesst grusst gruesst bittet bat dankt hilft half
  jumped climbed fell dropped turned waited carried cooked cleaned fixed repaired rejoined emigrated graduated retired erwartet spricht sprach erzahlt erzahlte berichtet verspricht versprach kundigt leitet vertritt unterschreibt unterschrieb feiert heiratet starb studiert spielt trinkt isst
  bleibt blieb nimmt nahm gibt gab zieht zog hort horte sieht sah lobt lobte rugt rugte hatte darf`)

/** What only somebody has or does whose name was known before. */
export const weakPersonVerbs = wordSet(
  'has had will would could should can may might is was isnt hasnt wants wanted got gets goes went comes came hat hatte kann konnte ist war wird habe soll muss darf wollte',
)
