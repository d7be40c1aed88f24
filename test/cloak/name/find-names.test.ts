import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { findNames } from '../../../src/cloak/name/find-names.ts'

/** What is found, as `TYPE name`. */
function namesIn(text: string): readonly string[] {
  return findNames(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
}

describe('people', () => {
  test.each([
    ['who says who they are', 'Thank you, I am Chip. How can I help?', ['PERSON Chip']],
    ['before what they are', 'gez. Pohl, Schulleiter', ['PERSON Pohl']],
    ['without the body they come from', 'Am Montag kommt Jens von der Reederei.', ['PERSON Jens']],
    ['behind a shift', 'Spät: Petković / Nacht: Hoang', ['PERSON Petković', 'PERSON Hoang']],
    ['below initials of a deputy', 'Mit freundlichen Grüßen\ni. A. Sabine Kolbe', ['PERSON Sabine Kolbe']],
    ['behind a title', 'Please call Mr. Kowalczyk back.', ['PERSON Kowalczyk']],
    ['behind what somebody did, in a log', 'change 41 approved by Ned', ['PERSON Ned']],
    ['in capitals, in a log', '[payroll] processed employee ANTHONY KIPROTICH salary', ['PERSON ANTHONY KIPROTICH']],
    ['behind a copyright', '# Copyright (c) 2019-2024 Abubakar Danjuma', ['PERSON Abubakar Danjuma']],
    ['behind a mark in code', '# todo(Femke): remove this', ['PERSON Femke']],
    ['behind a tag', '<fullName>Blessing Moyo</fullName>', ['PERSON Blessing Moyo']],
    ['with a nickname, in the last line', 'Obituary\n\nWalter "Wally" Nkemelu, 81, died at home.', ['PERSON Walter "Wally" Nkemelu']],
    ['without what stands behind it', 'Yours sincerely,\nT. W. Ashworth FRCS', ['PERSON T. W. Ashworth']],
    ['behind two titles, without them', 'Befund von Frau Dr. Weißgerber liegt vor.', ['PERSON Weißgerber']],
    ['with particles', 'Herr Ludwig van der Meer hat unterschrieben.', ['PERSON Ludwig van der Meer']],
    ['behind a greeting', 'Hi Rosalind, did you see the alert?', ['PERSON Rosalind']],
    ['below the end of a letter', 'Kind regards,\nThomas Whitfield', ['PERSON Thomas Whitfield']],
    ['below the end of a German letter', 'Mit freundlichen Grüßen\n\nAnnegret Ottersbach', ['PERSON Annegret Ottersbach']],
    ['behind a label', 'Patient: Oduya Marsh\nWard: 4', ['PERSON Oduya Marsh']],
    ['turned round', 'Kontoinhaber: MÜLLER, Hans', ['PERSON MÜLLER, Hans']],
    ['before a mail address', 'Maintainer: Jo Doe <jo@mail.example>', ['PERSON Jo Doe']],
    ['in a log of commits', 'Co-authored-by: Priya Raman <priya@mail.example>', ['PERSON Priya Raman']],
    ['in a chat', '[12:03] Tendai: the box is back\n[12:04] Aoife: thanks', ['PERSON Tendai', 'PERSON Aoife']],
    ['by the lists', 'I talked to Jana Novak about it and she agreed.', ['PERSON Jana Novak']],
    [
      'with marks and hyphens',
      'We met Anne-Marie O’Sullivan and Łukasz Wiśniewski there.',
      ['PERSON Anne-Marie O’Sullivan', 'PERSON Łukasz Wiśniewski'],
    ],
    ['with initials', 'The letter is from J. R. Henderson and nobody else.', ['PERSON J. R. Henderson']],
    ['again by a part of the name', 'Dr. Jana Weiß called. Later Weiß was not there.', ['PERSON Jana Weiß', 'PERSON Weiß']],
    ['without the possessive', "I think Marek's laptop is on the list.", ['PERSON Marek']],
    ['behind a word that names somebody', 'The room is booked under Virtanen and is paid.', ['PERSON Virtanen']],
    ['in capitals', 'GRACE ABERNATHY, PO Box 1182', ['PERSON GRACE ABERNATHY']],
    ['that no list knows', 'In the end Ildaborr Tavaskun has paid it.', ['PERSON Ildaborr Tavaskun']],
    ['behind what somebody is', 'The mate, Fróvin Gaardlykke, said so.', ['PERSON Fróvin Gaardlykke']],
    ['behind a German trade', 'Dachdecker Hinnark Wübbenhorst war da.', ['PERSON Hinnark Wübbenhorst']],
    ['that do what people do', 'The box is here. Tavaskun said it is empty.', ['PERSON Tavaskun']],
    ['owners', "These are Tavaskun's keys.", ['PERSON Tavaskun']],
    [
      'several behind a label',
      'Present: Rosa Attwell (chair), D. Tregearn, Mark Penhaligon',
      ['PERSON Rosa Attwell', 'PERSON D. Tregearn', 'PERSON Mark Penhaligon'],
    ],
    ['below a label of a list', 'Teilnehmer:\n- Tavaskun\n- Ildaborr Wendt', ['PERSON Tavaskun', 'PERSON Ildaborr Wendt']],
    [
      'who speak again and again',
      '🌻 Tavaskun: is it on?\nIldaborr: no\nTavaskun: ok',
      ['PERSON Tavaskun', 'PERSON Ildaborr', 'PERSON Tavaskun'],
    ],
    ['in small letters', 'moin jolanthe,\ndas paket ist bei frau sörendsen.', ['PERSON jolanthe', 'PERSON sörendsen']],
    ['spoken to in a chat', 'hi @Zeynep, the invoice is here', ['PERSON Zeynep']],
    ['with a nickname', 'Capt. Reginald "Reg" Asavalun (retd.)', ['PERSON Reginald "Reg" Asavalun']],
    ['that are a word behind a form of address', 'Herr Kann kann am Freitag nicht.', ['PERSON Kann']],
    ['before their full name comes', 'Tavaskun knows.\nAsk Mrs Ilda Tavaskun.', ['PERSON Tavaskun', 'PERSON Ilda Tavaskun']],
    ['at the end of a line', 'Der Schlüssel liegt im Büro. Gez. Tavaskun', ['PERSON Tavaskun']],
    ['in what somebody said to a machine', '{"sender": 4, "text": "did Marguerite bring the keys back?"}', ['PERSON Marguerite']],
    ['behind an emoji', '👋 Hi Jürgen, kannst du das machen?', ['PERSON Jürgen']],
  ])('%s', (_, text, found) => {
    expect(namesIn(text)).toEqual(found)
  })
})

describe('bodies', () => {
  test.each([
    ['of ordinary words behind a vendor', 'Our vendor Silver Lining has raised prices again.', ['ORGANIZATION Silver Lining']],
    ['behind what came from them', 'Can you get a quote from Blue Kite instead?', ['ORGANIZATION Blue Kite']],
    ['behind who leads them', 'She is CTO of Bright Harbor and likes it.', ['ORGANIZATION Bright Harbor']],
    [
      'behind what somebody is, below a letter',
      'Helen Marsh\nOperations Manager, Copper Leaf',
      ['PERSON Helen Marsh', 'ORGANIZATION Copper Leaf'],
    ],
    ['behind a label of people', 'Vermieter: Rolling Rabbit Autovermietung', ['ORGANIZATION Rolling Rabbit Autovermietung']],
    [
      'with what they are for',
      'On behalf of the Royal Society for the Protection of Birds I write.',
      ['ORGANIZATION Royal Society for the Protection of Birds'],
    ],
    ['a workshop of any name', 'Die Spedition Blitz hat die Ware verladen.', ['ORGANIZATION Spedition Blitz']],
    ['by letters', 'After graduating from MIT she left.', ['ORGANIZATION MIT']],
    ['by a legal form', 'Our client Acme Widgets, Inc. is late.', ['ORGANIZATION Acme Widgets, Inc.']],
    ['by a German one', 'Rechnung der Nordwind Logistik GmbH & Co. KG vom Montag', ['ORGANIZATION Nordwind Logistik GmbH & Co. KG']],
    ['a club', 'Beitrag an den Turnverein Auental e.V. ist fällig', ['ORGANIZATION Turnverein Auental e.V.']],
    ['in capitals', 'SILVERLINE LOGISTICS CORP., Defendant', ['ORGANIZATION SILVERLINE LOGISTICS CORP.']],
    ['by a word at its end', 'She works for Mercy General Hospital now.', ['ORGANIZATION Mercy General Hospital']],
    ['by a word at its start', 'Das Amtsgericht Köln hat entschieden.', ['ORGANIZATION Amtsgericht Köln']],
    ['of somewhere', 'He studied at the University of Leeds for a year.', ['ORGANIZATION University of Leeds']],
    ['known ones', 'My account is with Deutsche Bank and not with Barclays.', ['ORGANIZATION Deutsche Bank', 'ORGANIZATION Barclays']],
    ['two names joined', 'Please drop them at Foxtail & Byrne today.', ['ORGANIZATION Foxtail & Byrne']],
    ['an unknown name before a word', 'She has sent it to Xalvellyn Robotics.', ['ORGANIZATION Xalvellyn Robotics']],
    [
      'a German word made of one that tells a body',
      'Sie liegt in der Kreisklinik Salzachbogen.',
      ['ORGANIZATION Kreisklinik Salzachbogen'],
    ],
    ['behind a word for bodies', 'The insurer (Fidelidaxa) was told of it.', ['ORGANIZATION Fidelidaxa']],
    ['in capitals behind a word for bodies', 'This is what our supplier DANFUXX has said to us.', ['ORGANIZATION DANFUXX']],
    ['where somebody is from', 'And Lars Henriksen from Danfoxs needs it.', ['PERSON Lars Henriksen', 'ORGANIZATION Danfoxs']],
    ['with its owner', 'I appoint the Merry Whaler’s Bank as executor.', ['ORGANIZATION Merry Whaler’s Bank']],
    ['behind a label', 'Employer: Brightwater Partners', ['ORGANIZATION Brightwater Partners']],
    [
      'two that are joined stay two',
      'Acme Corporation and Initech LLC signed.',
      ['ORGANIZATION Acme Corporation', 'ORGANIZATION Initech LLC'],
    ],
    ['not the kind of a number', 'Please give us your NHS number.', []],
  ])('%s', (_, text, found) => {
    expect(namesIn(text)).toEqual(found)
  })
})

describe('places', () => {
  test.each([
    ['that are words, where somebody lives', 'He grew up in Rye and now lives in Deal.', ['LOCATION Rye', 'LOCATION Deal']],
    ['that are words, behind a branch', 'Die Filiale in Hof bleibt geschlossen.', ['LOCATION Hof']],
    ['with their water', 'Der Termin in Lindau am Bodensee ist bestätigt.', ['LOCATION Lindau am Bodensee']],
    ['by another name in German', 'Er ist in München, sie in Laibach.', ['LOCATION München', 'LOCATION Laibach']],
    ['a station', 'Wir sind direkt neben dem Bahnhof Forchheim.', ['LOCATION Bahnhof Forchheim']],
    ['of certificates', 'subject: C = US, ST = Oregon, L = Eugene', ['LOCATION Oregon', 'LOCATION Eugene']],
    ['joined by what they lie on', 'We drove to Stow-on-the-Wold.', ['LOCATION Stow-on-the-Wold']],
    ['a city', 'She lives in Leeds and works from home.', ['LOCATION Leeds']],
    ['a country', 'Wir fahren im Sommer nach Österreich und Italien.', ['LOCATION Österreich', 'LOCATION Italien']],
    ['of two words', 'He moved to São Paulo with us.', ['LOCATION São Paulo']],
    ['behind a label', 'Wohnort: Niederfischbach', ['LOCATION Niederfischbach']],
    ['by a word of place', 'The walk around Lake Windermere is long.', ['LOCATION Lake Windermere']],
    ['an unknown one behind a preposition', 'He died in Stornoway and was buried there.', ['LOCATION Stornoway']],
    ['a lake', 'Er wohnt seit Mai am Schaalsee bei uns.', ['LOCATION Schaalsee']],
    ['a part of a city', 'Die Wohnung in Leipzig-Plagwitz ist frei.', ['LOCATION Leipzig-Plagwitz']],
    ['a village', 'Wir wohnen in Wittichenau und in Zams.', ['LOCATION Wittichenau', 'LOCATION Zams']],
    ['beside another', 'Der Zug fährt über Passau und Vilshofen.', ['LOCATION Passau', 'LOCATION Vilshofen']],
    ['the city of an address is none', 'He lives at 12 Main Street, Springfield, IL 62704.', []],
    ['a city that is a word only behind a preposition', 'Nice work! We stay in Nice for a week.', ['LOCATION Nice']],
  ])('%s', (_, text, found) => {
    expect(namesIn(text)).toEqual(found)
  })
})

describe('what is no name stays', () => {
  test.each([
    [
      'a log of an installer',
      'Setting up libssl3:amd64 (3.0.15-1~deb12u1) ...\nGet:1 http://mirror.example/debian bookworm InRelease [151 kB]',
    ],
    ['a line of the journal', 'Nov 30 07:44:01 node sshd[123]: Accepted password for root from 10.0.0.5 port 22'],
    [
      'a stack trace',
      'Error: Cannot find module\n    at Object.callWithErrorHandling (runtime.js:1:2)\n    at TCPConnectWrap.afterConnect [as oncomplete]',
    ],
    ['a time zone', 'timezone: Europe/Berlin\nLANG=en_US.UTF-8'],
    ['words that are names as well', 'Mark the file as read. Will the Rose theme work in May? Docker Compose is not installed.'],
    ['German nouns that no list has whole', 'Der Warenausgang braucht Kühlraumschlüssel. Blumen kommen später.'],
    ['a table of settings', '| Name | Type |\n|---|---|\n| CACHE_TTL | number |\n| Timeout | number |'],
    ['a licence', 'WARRANTIES, INCLUDING BUT NOT LIMITED TO THOSE OF FITNESS'],
    ['a class', 'Fix the size of the window made by ConfigDialog for the shell.'],
    ['products', 'Home Assistant, Immich and Nextcloud run on Proxmox VE with Debian.'],
    ['German nouns', 'Die Datenbank ist beschädigt. Bitte den Server neu starten und das Protokoll prüfen.'],
    ['a label of a thing', 'name: Zuhause\nkind: Config\nhost: Backup'],
    ['a bank account without an owner', 'IBAN: DE89 3704 0044 0532 0130 00'],
  ])('%s', (_, text) => {
    expect(namesIn(text)).toEqual([])
  })
})

describe('in lists of hardware who made it is part of a product', () => {
  test.each([
    'BIOS Information\n\tVendor: American Megatrends International, LLC.\n\tVersion: F.12',
    '\tManufacturer: Intel(R) Corporation',
    '  *-network\n       vendor: Realtek Semiconductor Co., Ltd.',
    '00:1f.6 Ethernet controller: Intel Corporation Ethernet Connection I219-V',
    'Bus 001 Device 002: ID 8087:0024 Intel Corp. Integrated Rate Matching Hub',
    'Manufacturer: Dell Inc.',
    'scsi 0: Vendor: Samsung Electronics Co., Ltd.',
    'Source Network Address: -',
  ])('%j', (text) => {
    expect(namesIn(text)).toEqual([])
  })

  test.each([
    ['Vendor: Nordwind Logistik GmbH', ['ORGANIZATION Nordwind Logistik GmbH']],
    ['Employer: Intel Corporation', ['ORGANIZATION Intel Corporation']],
  ])('but not elsewhere: %j', (text, names) => {
    expect(namesIn(text)).toEqual(names)
  })
})

describe('any text', () => {
  const pieces = [
    'Anna',
    'Müller',
    'Dr.',
    'GmbH',
    'in',
    'Leeds',
    ' ',
    '\n',
    ',',
    '.',
    "'s",
    '-',
    ':',
    '<',
    '@',
    '“',
    'von',
    'e.V.',
    'University',
    'of',
    '👋',
    '\ud800',
    'Hi',
    'A.',
  ]

  test('hits lie in the text, in order, apart from each other', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (parts) => {
        const text = parts.join('')
        let end = 0
        for (const hit of findNames(text)) {
          expect(hit.start).toBeGreaterThanOrEqual(end)
          expect(hit.end).toBeGreaterThan(hit.start)
          expect(hit.score).toBeGreaterThan(0)
          expect(hit.score).toBeLessThanOrEqual(1)
          end = hit.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  test('a name far right in a long line is found', () => {
    const text = `${'and so on '.repeat(2_000)}we asked Mrs. Pemberton`
    expect(namesIn(text)).toContain('PERSON Pemberton')
  })
})

test('a legal form makes a body sure, whatever else speaks for it', () => {
  const hits = findNames('Dear Ms Jana Kowalski, the invoice of Contoso Ltd went to Hamburg.')
  expect(hits.find(({ type }) => type === 'ORGANIZATION')).toMatchObject({ score: 0.9, why: 'a legal form' })
})
