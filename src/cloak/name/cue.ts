import { wordSet } from './word-set.ts'

/** Words beside which names stand, folded. German and English. */

/** Stand before a name and are no part of it. */
export const titles =
  wordSet(`baron baroness countess earl duke duchess viscount comte comtesse marquis princess freiherr freifrau mr mrs ms miss mister dr dres prof professor sir lady dame lord rev reverend captain capt sgt sergeant lt lieutenant
  herr herrn frau fraulein hr fr dipl ing judge familie madame monsieur mme senor senora signor signora sra pan pani bay bayan mx auntie tita don phm pom pok phk khk kok dona senhor senhora signore madam mister fam familie`)

/** Say what somebody is: a name may follow, or anything else (`Patient Portal`). */
export const roles =
  wordSet(`oberst oberstleutnant oberleutnant leutnant feldwebel general major hauptkommissar hauptkommissarin wachtmeister pater priester dekan bischof rabbi imam pastorin vikar vikarin diakon bishop deacon vicar sheriff constable councillor ambassador consul mayor burgermeister burgermeisterin oberburgermeister landrat landratin ministerin kanzler kanzlerin prasident prasidentin direktorin rektor rektorin schulleiter schulleiterin justice pastor father sister brother col colonel major officer detective inspector president senator chancellor minister nurse agent uncle aunt
  tante onkel oma opa cousin cousine doktor pfarrer pfarrerin richter richterin rechtsanwalt rechtsanwaltin notar notarin schwester pfleger oberarzt oberarztin chefarzt
  chefarztin hausarzt hausarztin kommissar kommissarin hauptmann geschaftsfuhrer geschaftsfuhrerin architekt architektin steuerberater steuerberaterin sachbearbeiter
  sachbearbeiterin kollege kollegin kollegen mitarbeiter mitarbeiterin vermieter vermieterin mieter mieterin nachbar nachbarin kundin kunde kunden patient patientin zeuge zeugin
  klager klagerin beklagter beklagte defendant plaintiff witness attorney coach teacher doctor colleague customer tenant landlord manager neighbour neighbor
  friend boss intern engineer user client chef chefin freund freundin bruder sohn tochter son daughter wife husband mother mutter vater mann frau`)

/** A name often follows them in prose. */
export const namingWords = wordSet(
  'ask asked ping pinged tell told says said asks wrote writes thank thanks called named frag fragt fragte sagt sagte meint meinte schreibt schrieb heisst heissen under unter',
)

/** Of the titles, those that a dot may follow. */
export const dottedTitles = wordSet(
  'mr mrs ms mme sra sr dr dres prof rev capt sgt lt col hr fr dipl ing fam med nat phil jur oec rer kfm attn hd inh geb const br gen pat insp',
)

/** A name follows them at the start of a line or of a sentence. */
export const greetings = wordSet(
  `hi hello hey dear hallo liebe lieber liebes moin servus heya yo ciao gruezi welcome willkommen thanks thx danke sorry cheers bonjour hola ola ciao salut hoi tach morgen moinsen hiya anh chi congratulations congrats birthday evening`,
)

/** Close a letter; a name follows, on this line or the next. */
export const closings =
  /^\W*(?:(?:kind|best|warm|warmest|many|with (?:kind|best|warm))? ?(?:regards|wishes|greetings)|best|cheers|thanks(?: (?:a lot|again|so much|in advance))?|thank you|many thanks|sincerely(?: yours)?|yours(?: (?:sincerely|faithfully|truly))?|respectfully|love|take care|xo+|signed(?! ?-?off)|(?:viele |liebe |beste |herzliche |schöne |freundliche |sonnige )?(?:gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss))(?: aus \p{L}+| von)?|mit (?:freundlichen|besten|herzlichen|lieben|kollegialen) gr(?:ü|ue)(?:ß|ss)en|mfg|lg|vg|bg|im auftrag|in vertretung|hochachtungsvoll|danke(?: und gru(?:ß|ss))?|vielen dank|gez\.?|i\. ?[av]\.|ihr(?:e)?|dein(?:e)?|--|—|–)(?:[,.!:–—-]|\s|$)+/iu

/** Labels of forms and files whose value is a person; of several words the blanks, hyphens and underscores are left out. Folded. */
export const personLabels =
  wordSet(`present apologies required optional anwesend entschuldigt visitorname primarycontact interpreter consignee personaffected personreporting zuweiser fn cn pt pat
  forename forenames legalname preferredname abgenommenvon explainedby informedby clientname kassenwart vorsitz vertretung schriftfuhrer besucher verfasser verfasserin
  fullname firstname lastname familyname givenname legalname maidenname displayname realname middlename surname patientname customername
  clientname employeename contactname cardname holdername emergencyname guestname drivername studentname tenantname authorname
  maintainername parentname childname spousename mothersname fathersname beneficiaryname insuredname vorname nachname familienname geburtsname kundenname
  patientenname mitarbeitername ansprechpartnername nameofpatient nameofinsured nameofemployee nameofchild namedespatienten
  contactperson patient patientin employee author authors authoredby parties customername maintainer committer attn attention attendees participants participant applicant tester
  teilnehmer teilnehmerin signedoffby coauthoredby reviewedby testedby ackedby reportedby submittedby requestedby approvedby preparedby assignedto assignee
  reporter createdby signedby verifiedby witness witnessedby seller buyer landlord tenant lessee lessor guarantor supervisor manager physician doctor
  attending attendingphysician referringphysician surgeon insured policyholder claimant beneficiary plaintiff defendant spouse emergencycontact nextofkin guest passenger driver
  cardholder accountholder accountowner payee payer ansprechpartner
  ansprechpartnerin kontaktperson kundin mandant mandantin mieter mieterin vermieter vermieterin verkaufer verkauferin kaufer kauferin
  auftraggeber auftraggeberin sachbearbeiter sachbearbeiterin bearbeiter bearbeiterin arzt arztin hausarzt behandelnderarzt versicherte versicherter versicherteperson
  versicherungsnehmer versicherungsnehmerin kontoinhaber kontoinhaberin karteninhaber karteninhaberin inhaberin antragsteller antragstellerin
  arbeitnehmer arbeitnehmerin geschaftsfuhrer geschaftsfuhrerin zeuge zeugin klager klagerin beklagte beklagter unterzeichner unterschrift zhd zuhanden
  geborene technician engineer speaker trainer student teacher parent guardian mother father child applicant candidate borrower lender
  notfallkontakt betreuer betreuerin verantwortlich verantwortlicher schuler schulerin lehrer lehrerin erziehungsberechtigte mutter vater gast fahrer fahrerin leiterin`)

/** Labels whose value is a person, a thing or a place: what stands behind them has to look like a name. */
export const openPersonLabels =
  wordSet(`oncallthisweek onduty backup dj bed bett zimmer nachtdienst fruhdienst spatdienst tagdienst dienst fruh spat nacht early late night oncall cover standby bereitschaft rufbereitschaft schicht fruhschicht spatschicht nachtschicht driving lead tech reviewers cover responsible responsibleperson verantwortlichkeit zustandig zustaendig betreut admincontact techcontact leitung projektleitung bauleitung projektleiter geschaftsfuhrung vorstand ansprechperson bezugsperson moderation redaktion given family first last fname lname hostmaster artist composer performer leadperformers bride groom skipper crew staff oncallprimary oncallsecondary escalateto registeredowner licenseholder lizenzinhaber holder sysadmin webmaster postmaster uploader uploaders ruckfragen questions cover stellvertretung organiser signed vorsitzende mitgewirkt signatory payee runner speaker trainer autor absender referee seenby gez n primary secondary oncall assignees members mitglieder participants gaste gaeste guests
  name accountname ownername contact customer client owner recipient sender from to cc bcc von an empfanger empfangerin absender absenderin kontakt kunde
  inhaber organizer host leiter kind buyer user mitarbeiter by bcc requester creator`)

/** Labels whose value is a company. */
export const organizationLabels =
  wordSet(`sponsor broker contractor subcontractor installer dealer billto soldto payto zahlbaran handwerker baufirma reederei verlag auditor competitor tenantcompany clientcompany suppliername orgname organame organisationname facility clinic practice employername schoolname vendorname suppliername clubname institutionname registeredorganization licensee licensedto lizenznehmer betreiber einrichtung affiliated studio brand marke retailer merchant handler arbeitsplatz uni universitat institut institute org orga operator carrier publisher club affiliation account dienststelle arbeitsstelle kostentrager traeger trager buchhandlung court firma vermittler spedition clientvisited paidto school schule caterer
  company companyname organization organisation organizationname employer firm vendor supplier bank bankname insurer insurance
  insurancecompany institution hospital clinic school university manufacturer firma firmenname unternehmen arbeitgeber lieferant versicherung krankenkasse krankenhaus
  klinik schule hochschule verein behorde hersteller bankverbindung kreditinstitut auftragnehmer agency carrier`)

/** Labels whose value is a place. */
export const placeLabels =
  wordSet(`sitz firmensitz hauptsitz gerichtsort headquarters basedin location reiseort einsatzgebiet heimatort zustellort bestimmungsort abfahrtsort zielbahnhof startbahnhof heimathafen birthtown provincename statename locality localityname province geoplacename placename branch filiale niederlassung geburtsland unfallort tatort einsatzort departure arrival abfahrt ankunft gemarkung gemeinde kreis depot ladeort lieferort zielort entladeort arrivingfrom wohnhaft nation birthcity
  city town country location place placeofbirth birthplace state region county origin destination hometown residence venue ort wohnort
  geburtsort stadt land standort bundesland herkunft reiseziel gerichtsstand site`)

/** A place follows them. */
export const placePrepositions = wordSet(
  'in at from to near nach aus bei um ab bis via outside around across toward towards through over into visiting visit visited of for between und and or oder im am zwischen durch uber',
)

/** Small words of the middle of a name: `Ludwig van Beethoven`, `Omar al Farsi`. */
export const particles = wordSet(
  `von vom zu zum zur van de der den del della di da dos le la el al bin ibn ben abu ter ten te af av ap y e frhr`,
)

/** Words that begin sentences and lines but no name, and words that no name holds. Function words and the usual nouns of offices. */
export const noName =
  wordSet(`the a an and or but not no yes if then else when while where who what which why how this that these those there here it its he she they we you i me my your our their his her
  is are was were be been being am do does did done have has had having will would shall should can could may might must let lets
  of in on at by for from to with without into onto over under after before between about against during through per via as than so too very just also only even still yet
  all any some each every both few more most other another such same own one two three four five six seven eight nine ten first second third last next new old good great
  please thanks thank hello hi hey dear regards best sincerely cheers sir madam team everyone everybody folks guys all there
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
  montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz mai juni juli oktober dezember
  der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ja nein wenn dann als wie was wer wo warum weil dass ob
  ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihnen mein dein sein unser euer ihre ihren ihrem ihrer meine deine seine unsere
  ist sind war waren sein bin bist hat haben hatte habe wird werden wurde kann konnte konnen soll sollte muss musste darf mag will wollen
  von vom zu zum zur mit bei nach aus auf an am im in ins fur gegen ohne um uber unter vor hinter neben zwischen durch seit bis ab laut wegen trotz
  auch noch nur schon sehr so mehr viel alle alles jede jeder jedes diese dieser dieses hier dort da heute gestern morgen bitte danke hallo liebe lieber sehr geehrte geehrter guten tag
  damen herren team zusammen leute kollegen kolleginnen
  error warning info debug fatal notice failed success update upgrade install installing installed version release build test user users admin root system server client service
  file files directory folder path host hostname name address email mail phone tel fax mobile web website url id number date time subject re fw fwd message note notes from to cc bcc
  account customer order invoice contract policy case claim ticket request report status type amount total price payment bank card code key token password login
  rechnung vertrag auftrag kunde kunden kundennummer rechnungsnummer konto nummer datum betreff betrag adresse telefon ort strasse anlage frist zahlung mitglied versicherung
  street road avenue lane drive court square place boulevard suite floor apt apartment box zip
  company department office manager director ceo cto cfo hr it
  could couldn't don't doesn't didn't isn't wasn't won't can't i'm i've i'll it's that's we're you're they're let's
  spoke met called asked said told wrote sent got went see saw please contact call ask meet ping tell remind`)
