import { wordSet } from './word-set.ts'

/** Words that end or begin the name of a place: `Hudson River`, `Lake Tahoe`, `Flughafen München`. Folded. */
export const placeEnds =
  wordSet(`river island islands lake mountains mountain valley airport beach bay county bridge station heights harbor harbour peninsula hauptbahnhof bahnhof
  park forest common pass strait gulf sea desert canyon falls springs hills cove creek glacier castle palace tower gorge plateau moor fells dales`)
export const placeStarts =
  wordSet(`lake mount mt river isle cape port fort san santa sao bad st sankt flughafen bahnhof insel burg schloss kloster dorfkirche loch glen parque plaza lago monte val ile iles
  rio costa nova novi novy ras wadi tel beit ben`)

/** Say that a place follows, and are no part of its name: `Landkreis Uelzen`, `the village of Sorata`. */
export const placeKinds = wordSet(
  'stadt gemeinde landkreis kreis dorf ort ortsteil ortsbeirat standort werk richtung region bezirk ortschaft weiler site city town village',
)

const streetWords = wordSet(
  'st ave avenue rd road street blvd boulevard ln lane dr drive ct court pl place hwy pkwy way terrace crescent close gardens grove row yard strasse str weg platz gasse allee ring ufer damm calle rue via heol',
)

/** What ends with one is an address. */
export function isStreetWord(folded: string): boolean {
  return streetWords.has(folded) || /(?:strasse|gasse|allee|platz)$/.test(folded)
}
