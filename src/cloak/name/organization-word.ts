import { isCompoundOf } from './compound.ts'
import { rememberWords } from './word-memory.ts'
import { wordSet } from './word-set.ts'

/** Legal forms, as they are written; what stands before them is a company. */
export const legalForms =
  wordSet(`GmbH gGmbH mbH AG KG KGaA OHG UG GbR eG SE EWIV Inc Incorporated LLC LLP LP Ltd Limited Corp Corporation PLC plc Plc SA SAS SARL SRL SpA BV NV
  Oy Oyj AB ASA AS ApS Pty Pte Pvt FZCO FZE DMCC Sdn Bhd KK SL SLU SNC oHG EURL SpA Ltda Lda Eood Kft Zrt SpZoo OU UAB SIA Holding Holdings`)

/** Words that end the name of a body: `Mercy Hospital`, `Nordwind Logistik`. Folded. */
export const organizationEnds =
  wordSet(`universitet universiteit universidade universidad universite universita universitesi yliopisto uniwersytet univerzita hogeschool hogskole collegium liceo lyceum forum initiative collective observatory senate parliament assembly hospital clinic university college institute academy school foundation association society council committee commission agency authority bureau
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
  wordSet(`diocese archdiocese comune radio universitet universiteit universite uniwersytet colegio colege scuola instituto istituto academia hogeschool fondation fundacion fundacao asociacion associazione societe ospedale hsv ssv tsg djk vfr fsv msv ksv mtv esv ssc usv rsv eintracht borussia fortuna embassy consulate botschaft konsulat generalkonsulat university universitat hochschule fachhochschule kripo kriminalpolizei bundespolizei landespolizei kesb comhairle labor pfarramt forstamt institut ministerium klinikum klinik krankenhaus universitatsklinikum uniklinik praxis gemeinschaftspraxis zahnarztpraxis
  apotheke amtsgericht landgericht oberlandesgericht arbeitsgericht sozialgericht verwaltungsgericht finanzamt landratsamt standesamt jugendamt gesundheitsamt
  burgeramt ordnungsamt einwohnermeldeamt bundesamt landesamt polizeiprasidium sparkasse stadtsparkasse kreissparkasse volksbank raiffeisenbank stadtwerke
  kanzlei rechtsanwaltskanzlei hausverwaltung gymnasium grundschule realschule gesamtschule autohaus backerei metzgerei hotel restaurant gasthaus
  bank ministry department hospital institute college school church club verein sportverein tsv fc sv tv vfl vfb tus spvgg stiftung tu fh hs lmu
  staatsanwaltschaft gemeinde caisse fromagerie boulangerie clinique hopital universite lycee mairie ecole universidad hospital ayuntamiento banco universita ospedale comune azienda
  universitatsklinik jobcenter familienkasse stadtkasse agentur bundesanstalt bundesagentur landesanstalt ag lg olg arbg vg ovg sg lsg mvz vhs awo asb drk thw jva ihk hwk aok vr ikk bkk barmer edition wirtshaus gasthof atelier stadtbibliothek polizeirevier universidade banque hospitals estudio talleres bakkerij lycee rathaus restaurant cafe pension seniorenheim pflegeheim altenheim kirchengemeinde pfarrei bistum diakonie caritasverband fitnessstudio fahrschule`)

/** Words that end the name of a body only behind a word that no dictionary has, a place or a surname: `Helvellyn Robotics`. Folded. */
export const weakOrganizationEnds =
  wordSet(`transport transports trucking trading traders supplies supply store stores shop market supermarket bookshop wholesale manufacturing packaging printing automation dynamics instruments tools furniture carpets kitchens flooring tiling paving scaffolding landscaping gardening electrical electricals refrigeration drainage demolition salvage recruitment staffing translations tutoring boxing riding equestrian poultry honey seeds grain timber lumber hardware electronics computers computing telecoms broadband wireless hosting digital interactive entertainment productions opera ballet symphony philharmonic rovers wanderers albion athletic hotspur freight trans textiles imports exports outfitters law roofing robotics wire netball rowing health vets ferries divers harriers swifts rangers united mutual telecom sugar mills mill combine salmon water power gas oil steel
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
  'gebaudereinigung reinigung baugeschaft bauunternehmen bauunternehmung transporte transportunternehmen umzuge busunternehmen taxiunternehmen fahrradladen buchladen blumenladen bioladen baubetrieb baumschule gestut hundeschule tanzschule musikschule sprachschule tagespflege seniorenzentrum arztehaus burgerinitiative forderverein installateur fensterbau ladenbau trockenbau innenausbau zaunbau brunnenbau orgelbau philharmoniker symphoniker sinfoniker wasserbetriebe stadtreinigung almwirtschaft landwirtschaft gastwirtschaft orchester chor burgerburo spital umwelthilfe verkehrsbetriebe verkehrsbetrieb stadtwerk wasserverband abwasserverband zweckverband tierpark zoo sternwarte pumpwerk eishalle volksbuhne buhne zimmerei dachdeckerei malerbetrieb fachbetrieb handwerksbetrieb fischhandel grosshandel weinhandel reederei kellerei konditorei glaserei notariat pfarramt kirchengemeinde biohof reiterhof weingut internat stadtverwaltung kreisverwaltung bezirksregierung polizei zollamt justizvollzugsanstalt rettungsdienst pflegedienst fahrschule reiseburo ingenieurburo architekturburo planungsburo immobilienburo autohaus mobelhaus kaufhaus bettenhaus brauhaus sanitatshaus schlosserei tierklinik landtechnik rechenzentrum polsterei catering kasse klinik klinikum krankenhaus praxis apotheke schule hochschule gymnasium kolleg universitat akademie institut amt gericht behorde anstalt kammer handwerkerschaft innung verband verein club klub bund bibliothek bucherei museum theater werft werk werke verlag druckerei gartnerei schreinerei tischlerei ziegelei molkerei kelterei brauerei backerei metzgerei fleischerei agentur stiftung zentrum werkstatt atelier wirtshaus gasthof gasthaus pension hotel spedition feuerwehr wacht gewerkschaft pfarrei kita hort redaktion zeitung bank sparkasse versicherung genossenschaft tierheim heim stift kinderhaus hospiz lebenshilfe sozialstation polizeirevier revier prasidium kommando staatsanwaltschaft landgericht winzerei kanzlei knipserei mensa wohnbau gartenbau tiefbau hochbau maschinenbau metallbau holzbau hausverwaltung vermietung autovermietung zeitarbeit fordertechnik bautechnik medizintechnik gebaudetechnik elektrotechnik haustechnik feinmechanik spielwaren getranke mobelhaus buchhandlung',
)

const germanBodyCharactersMin = 3
const germanBodiesMax = 5_000

/** Whether a German word tells a body by its last part, also in the genitive: `des Landratsamts`. */
export const isGermanBody = rememberWords(
  (folded) => [folded, folded.replace(/e?s$/, '')].some((word) => isCompoundOf(word, germanBodies, germanBodyCharactersMin)),
  germanBodiesMax,
)

/** Of the starts, those that name a body only with `of`, or another word that is its name. */
export const needsOf = wordSet(
  'labor diocese archdiocese comune embassy consulate university bank ministry department hospital institute college school church club',
)

/** Whether a word tells a body, so that what it stands in is nobody's name. */
export function isOrganizationWord(folded: string): boolean {
  return organizationEnds.has(folded) || organizationStarts.has(folded) || foldedForms.has(folded)
}

const foldedForms: ReadonlySet<string> = new Set([...legalForms].filter(({ length }) => length > 2).map((form) => form.toLowerCase()))

/** What German shops and workshops are called with before the name of somebody: `Elektro Hagemann`. */
export const tradeStarts = wordSet(
  'auto betten bettenhaus raumausstattung bestattungen tischlerei gebruder gebr elektro blumen sanitar optik mobel foto farben getranke holz fahrrad zweirad textil eisen reifen kuchen metallbau stahlbau friseursalon salon kosmetik pizzeria ristorante trattoria osteria taverna eiscafe weinhaus landhaus hofladen baumarkt fahrdienst omnibus reisedienst schuh schuhhaus uhren musikhaus buchhaus teppich gardinen parkett fliesen heizung kaminbau garten gartnerei floristik feinkost backhaus imbiss brauhaus feinblech',
)

/** Ends of names of bodies that mean nothing else, so that the words before may be any: `Forest Green Rovers`. */
export const sureEnds = wordSet(
  'roofing netball vets ferries divers harriers swifts rangers rovers wanderers albion athletic hotspur nurseries cabs taxis plumbing bros sons brothers joinery caterers couriers freight haulage building playhouse tavern surveyors solicitors barristers notaries accountants auditors advisers brokers infirmary orthodontics opticians kennels creamery winery vineyard vineyards distillery foundry ironworks smelter jewellers tailors photonics semiconductors genomics therapeutics diagnostics rentals aerospace avionics recycling biscuits fisheries cooperative choir ensemble quartet orchestra gazette herald chronicle hospice airlines airways motors pharmaceuticals textiles outfitters',
)
