import { isCompoundOf } from './compound.ts'
import { rememberWords } from './word-memory.ts'
import { wordSet } from './word-set.ts'

/** Legal forms, as they are written; what stands before them is a company. */
export const legalForms =
  wordSet(`GmbH gGmbH mbH AG KG KGaA OHG UG GbR eG SE EWIV Inc Incorporated LLC LLP LP Ltd Limited Corp Corporation PLC plc Plc SA SAS SARL SRL SpA BV NV
  Oy Oyj AB ASA AS ApS Pty Pte Pvt FZCO FZE DMCC Sdn Bhd KK SL SLU SNC oHG EURL SpA Ltda Lda Eood Kft Zrt SpZoo OU UAB SIA Holding Holdings`)

/** Words that end the name of a body: `Mercy Hospital`, `Nordwind Logistik`. Folded. */
export const organizationEnds =
  wordSet(`hospital clinic university college institute academy school foundation association society council committee commission agency authority bureau
  bank insurance group partners associates consulting consultants solutions systems technologies technology software labs laboratories laboratory
  industries enterprises ventures capital logistics motors airlines airways pharmaceuticals pharma pharmacy energy electric media studios studio
  publishing press records university's hospitals clinics services union federation alliance network trust court ministry department club team
  bakery restaurant hotel church parish museum library brewery dental orthopedics pediatrics dermatology cardiology realty properties attorneys
  universitat hochschule klinikum klinik krankenhaus praxis apotheke sparkasse volksbank stadtwerke versicherung versicherungen werke verlag
  gymnasium grundschule realschule gesamtschule kindergarten kita kanzlei steuerberatung hausverwaltung immobilien bau logistik spedition backerei metzgerei
  brauerei administration authority hospice florist rescue museum company practice surgery microfinance charters stift orchestra theatre theater cinema gallery pub shipping freight airlines farms foods textiles
  gruppe stiftung verein verband amt gericht ministerium behorde genossenschaft autohaus reisen`)

/** Words that begin one: `University of …`, `Amtsgericht Köln`. Folded. */
export const organizationStarts =
  wordSet(`embassy consulate botschaft konsulat generalkonsulat university universitat hochschule fachhochschule institut ministerium klinikum klinik krankenhaus universitatsklinikum uniklinik praxis gemeinschaftspraxis zahnarztpraxis
  apotheke amtsgericht landgericht oberlandesgericht arbeitsgericht sozialgericht verwaltungsgericht finanzamt landratsamt standesamt jugendamt gesundheitsamt
  burgeramt ordnungsamt einwohnermeldeamt bundesamt landesamt polizeiprasidium sparkasse stadtsparkasse kreissparkasse volksbank raiffeisenbank stadtwerke
  kanzlei rechtsanwaltskanzlei hausverwaltung gymnasium grundschule realschule gesamtschule autohaus backerei metzgerei hotel restaurant gasthaus
  bank ministry department hospital institute college school church club verein sportverein tsv fc sv tv vfl vfb tus spvgg stiftung tu fh hs lmu
  staatsanwaltschaft gemeinde caisse fromagerie boulangerie clinique hopital universite lycee mairie ecole universidad hospital ayuntamiento banco universita ospedale comune azienda
  universitatsklinik jobcenter familienkasse stadtkasse agentur bundesanstalt bundesagentur landesanstalt ag lg olg arbg vg ovg sg lsg mvz vhs awo asb drk thw jva ihk hwk aok vr ikk bkk barmer edition wirtshaus gasthof atelier stadtbibliothek polizeirevier universidade banque hospitals estudio talleres bakkerij lycee rathaus restaurant cafe pension seniorenheim pflegeheim altenheim kirchengemeinde pfarrei bistum diakonie caritasverband fitnessstudio fahrschule`)

/** Words that end the name of a body only behind a word that no dictionary has, a place or a surname: `Helvellyn Robotics`. Folded. */
export const weakOrganizationEnds =
  wordSet(`law roofing robotics wire netball rowing health vets ferries divers harriers swifts rangers united mutual telecom sugar mills mill combine salmon water power gas oil steel
  nursery nurseries juniors primary infants cabs taxis plumbing heating lettings hire bros sons brothers builders building joinery catering caterers couriers courier garage
  tyres cycles bikes analytics payments property forwarding haulage removals storage credit union cooperative coop co-op guild league choir ensemble quartet band playhouse lodge inn
  arms tavern cafe bistro spa gym fitness pilates surf ski golf yacht leisure centre center hub books gazette herald times post tribune chronicle journal magazine radio tv
  broadcasting films pictures games toys interiors design designs architects engineers engineering construction contractors surveyors solicitors barristers chambers notaries
  accountants auditors advisory advisers wealth investments investors equity securities assurance brokers reinsurance pensions fund funds treasury exchange pilots port
  infirmary dispensary dentists orthodontics opticians physio physiotherapy veterinary kennels stables farm dairy creamery winery vineyard vineyards distillery foundry forge
  ironworks works smelter refinery quarry quarries mines mining minerals metals plastics chemicals paints glass ceramics pottery fabrics garments tailors shoes jewellers watches
  optics photonics semiconductors microsystems biotech biosciences genomics therapeutics diagnostics medical care homes housing estates rentals autos automotive trucks trailers
  aviation aerospace avionics drones satellite geothermal solar renewables hydro utilities recycling waste cleaning laundry security protection charity charities mission
  missions ministries diocese cathedral abbey priory mosque synagogue biscuits chocolates coffee tea wines beer spirits meats fisheries seafood dairy board
  rent tours travel travels trekking adventures expeditions holidays resorts hostel guesthouse`)

/** Last parts of German words that tell a body: `Kreisklinik`, `Handwerkerschaft`, `Stadtbibliothek`. Folded. */
const germanBodies = wordSet(
  'kasse klinik klinikum krankenhaus praxis apotheke schule hochschule gymnasium kolleg universitat akademie institut amt gericht behorde anstalt kammer handwerkerschaft innung verband verein club klub bund bibliothek bucherei museum theater werft werk werke verlag druckerei gartnerei schreinerei tischlerei ziegelei molkerei kelterei brauerei backerei metzgerei fleischerei agentur stiftung zentrum werkstatt atelier wirtshaus gasthof gasthaus pension hotel spedition feuerwehr wacht gewerkschaft pfarrei kita hort redaktion zeitung bank sparkasse versicherung genossenschaft tierheim heim stift kinderhaus hospiz lebenshilfe sozialstation polizeirevier revier prasidium kommando staatsanwaltschaft landgericht winzerei kanzlei knipserei mensa wohnbau gartenbau tiefbau hochbau maschinenbau metallbau holzbau hausverwaltung vermietung autovermietung zeitarbeit fordertechnik bautechnik medizintechnik gebaudetechnik elektrotechnik haustechnik feinmechanik spielwaren getranke mobelhaus buchhandlung',
)

const germanBodyCharactersMin = 3
const germanBodiesMax = 5_000

/** Whether a German word tells a body by its last part. */
export const isGermanBody = rememberWords((folded) => isCompoundOf(folded, germanBodies, germanBodyCharactersMin), germanBodiesMax)

/** Of the starts, those that name a body only with `of`, or another word that is its name. */
export const needsOf = wordSet('embassy consulate university bank ministry department hospital institute college school church club')

/** Whether a word tells a body, so that what it stands in is nobody's name. */
export function isOrganizationWord(folded: string): boolean {
  return organizationEnds.has(folded) || organizationStarts.has(folded) || foldedForms.has(folded)
}

const foldedForms: ReadonlySet<string> = new Set([...legalForms].filter(({ length }) => length > 2).map((form) => form.toLowerCase()))
