import { wordSet } from './word-set.ts'

/** Words that end or begin the name of a place: `Hudson River`, `Lake Tahoe`, `Flughafen München`. Folded. */
export const placeEnds =
  wordSet(`river island islands lake mountains mountain valley airport beach bay county bridge station heights harbor harbour peninsula hauptbahnhof bahnhof
  park forest common pass strait gulf sea desert canyon falls springs hills cove creek glacier castle palace tower gorge plateau moor fells dales`)
export const placeStarts =
  wordSet(`friedhof wallfahrtskirche hauptbahnhof freibad stadion hafen kirche kapelle burgruine ruine schwimmbad lake mount mt river isle cape port fort san santa sao bad st sankt flughafen bahnhof insel burg schloss kloster dorfkirche loch glen parque plaza lago monte val ile iles
  rio costa nova novi novy ras wadi tel beit ben`)

/** Say that a place follows, and are no part of its name: `Landkreis Uelzen`, `the village of Sorata`. */
export const placeKinds = wordSet(
  'gemarkung flur ot kreisstadt marktgemeinde kanton provinz gemeindeteil gemeindegebiet hamlet parish borough municipality commune raum umland zentrale wehren grossraum filiale niederlassung aussenstelle zweigstelle haltestelle umspannwerk kraftwerk klarwerk quartier viertel stadt gemeinde landkreis kreis dorf ort ortsteil ortsbeirat standort werk richtung region bezirk ortschaft weiler site city town village',
)

const streetWords = wordSet(
  'st ave avenue rd road street blvd boulevard ln lane dr drive ct court pl place hwy pkwy way terrace crescent close gardens grove row yard strasse str weg platz gasse allee ring ufer damm calle rue via heol',
)

/** What ends with one is an address. */
export function isStreetWord(folded: string): boolean {
  return streetWords.has(folded) || /(?:strasse|gasse|allee|platz)$/.test(folded)
}

/** Things that are called by their place: `our Bangalore office`. */
export const placeNouns = wordSet(
  'office offices branch store shop plant site campus depot warehouse airport trip excursion tour region area flight train ferry campus lab facility headquarters hq office marathon conference festival suburb district buro standort werk filiale niederlassung',
)

/** Ends of names of towns: `Königsberg`, `Cirencester`; many people are called so, too, and a preposition has to tell. */
export const townEnding =
  /(?:bach|hofen|kirch|brunn|thal|horst|born|scheid|rath|berg|burg|dorf|hausen|heim|stadt|stedt|ingen|ungen|bruck|furt|hagen|hafen|kirchen|munster|rode|roda|felde|walde|weiler|bronn|buttel|leben|shire|ton|ham|bury|ford|mouth|wick|minster|chester|cester|borough|burgh|thorpe|combe|holme|stead|ville|polis|grad|gorod|abad|pur|stan|slav|nica|ice|ow|owo|owice|sk|vik|fjord|havn|hamn|koping|holm|sund|kuppe|veen|broek|drecht|dijk|acum|iac|ac|ano|eto|asco)$/

/** Ends of German names of waters, mountains and woods. */
export const landEnding =
  /(?:see|tal|gebirge|bucht|kopf|kogel|spitze|joch|horn|wald|heide|gletscher|klamm|alm|haff|forde|sund|bodden|moor|forst|koog|deich|stausee)$/
