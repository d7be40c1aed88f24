/** Legal forms, as they are written; what stands before them is a company. */
export const legalForms: ReadonlySet<string> = new Set(
  `GmbH gGmbH mbH AG KG KGaA OHG UG GbR eG SE EWIV Inc Incorporated LLC LLP LP Ltd Limited Corp Corporation PLC plc Plc SA SAS SARL SRL SpA BV NV
  Oy Oyj AB ASA AS ApS Pty Pte Pvt FZCO FZE DMCC Sdn Bhd KK Ltda Lda Eood Kft Zrt SpZoo OU UAB SIA Holding Holdings`.split(/\s+/),
)

/** Words that end the name of a body: `Mercy Hospital`, `Nordwind Logistik`. Folded. */
export const organizationEnds: ReadonlySet<string> = new Set(
  `hospital clinic university college institute academy school foundation association society council committee commission agency authority bureau
  bank insurance group partners associates consulting consultants solutions systems technologies technology software labs laboratories laboratory
  industries enterprises ventures capital logistics motors airlines airways pharmaceuticals pharma pharmacy energy electric media studios studio
  publishing press records university's hospitals clinics services union federation alliance network trust court ministry department club team
  bakery restaurant hotel church parish museum library brewery dental orthopedics pediatrics dermatology cardiology realty properties attorneys
  universitat hochschule klinikum klinik krankenhaus praxis apotheke sparkasse volksbank stadtwerke versicherung versicherungen werke verlag
  gymnasium grundschule realschule gesamtschule kindergarten kita kanzlei steuerberatung hausverwaltung immobilien bau logistik spedition backerei metzgerei
  brauerei administration authority hospice florist rescue museum company practice surgery microfinance charters stift orchestra theatre theater cinema gallery pub shipping freight airlines farms foods textiles
  gruppe stiftung verein verband amt gericht ministerium behorde genossenschaft autohaus reisen`.split(/\s+/),
)

/** Words that begin one: `University of …`, `Amtsgericht Köln`. Folded. */
export const organizationStarts: ReadonlySet<string> = new Set(
  `embassy consulate botschaft konsulat generalkonsulat university universitat hochschule fachhochschule institut ministerium klinikum klinik krankenhaus universitatsklinikum uniklinik praxis gemeinschaftspraxis zahnarztpraxis
  apotheke amtsgericht landgericht oberlandesgericht arbeitsgericht sozialgericht verwaltungsgericht finanzamt landratsamt standesamt jugendamt gesundheitsamt
  burgeramt ordnungsamt einwohnermeldeamt bundesamt landesamt polizeiprasidium sparkasse stadtsparkasse kreissparkasse volksbank raiffeisenbank stadtwerke
  kanzlei rechtsanwaltskanzlei hausverwaltung gymnasium grundschule realschule gesamtschule autohaus backerei metzgerei hotel restaurant gasthaus
  bank ministry department hospital institute college school church club verein sportverein tsv fc sv tv vfl vfb tus spvgg stiftung tu fh hs lmu
  staatsanwaltschaft gemeinde caisse fromagerie boulangerie clinique hopital universite lycee mairie ecole universidad hospital ayuntamiento banco universita ospedale comune azienda
  restaurant cafe pension seniorenheim pflegeheim altenheim kirchengemeinde pfarrei bistum diakonie caritasverband fitnessstudio fahrschule`.split(
    /\s+/,
  ),
)

/** Of the starts, those that name a body only with `of`, or another word that is its name. */
export const needsOf: ReadonlySet<string> = new Set(
  'embassy consulate university bank ministry department hospital institute college school church club'.split(' '),
)

/** Whether a word tells a body, so that what it stands in is nobody's name. */
export function isOrganizationWord(folded: string): boolean {
  return organizationEnds.has(folded) || organizationStarts.has(folded) || foldedForms.has(folded)
}

const foldedForms: ReadonlySet<string> = new Set([...legalForms].filter(({ length }) => length > 2).map((form) => form.toLowerCase()))
