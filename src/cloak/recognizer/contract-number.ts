import { recognizeForms } from '../formed.ts'

const value = '(?<value>(?=[\\w/. -]{0,24}\\d)[A-Z0-9](?:[A-Z0-9/-]{2,22})[A-Z0-9])'

/** Numbers of contracts, policies, orders and invoices: by their prefix, or behind their word and then with a digit. */
export const contractNumber = recognizeForms({
  name: 'contract-number',
  type: 'CONTRACT_NUMBER',
  score: 0.85,
  anchors: [
    ...[
      'ctr-',
      'contract',
      'agr-',
      'agreement',
      'pol-',
      'policy',
      'msa-',
      'sow-',
      'sla-',
      'nda-',
      'mou-',
      'ord-',
      'inv-',
      'po-',
      'order',
      'invoice',
    ],
    ...['vertrag', 'police', 'mandatsreferenz', 'rechnung', 'bestell', 'auftrag', 'versicherungs', 'purchase order'],
  ],
  forms: [
    { pattern: /(?:CTR|CONTRACT|AGR|AGREEMENT|POL|POLICY|MSA|SOW|SLA|NDA|MOU)[-#/]\d{2,4}[-/]\d{2,8}/y, score: 0.9 },
    { pattern: /(?:CTR|CONTRACT|AGR|POL|POLICY|MSA|SOW|NDA|MOU|ORD|INV|PO)[-#]\d{4,12}(?:[-/]\d{2,8})?/y },
    {
      pattern:
        /(?:contract|agreement|policy|order|invoice|vertrag|police|rechnung|auftrag|mandatsreferenz)(?: confirmation)?:?[ \t]{1,2}(?<value>[A-Z]{1,4}[- ]\d{2,12}(?:-\d{1,10}){0,2})/iy,
      judge: (found) => (/^[A-Z]/.test(found) ? 'likely' : 'no'),
    },
    {
      pattern: new RegExp(
        `(?:contract|agreement|policy|(?:purchase )?order|invoice)(?:[ \\t]{1,2}(?:no|nr|number|num|id|ref)\\.?[ \\t]{0,2}[:=#]?|[ \\t]{0,2}#)[ \\t]{0,3}(?:is[ \\t])?#?${value}`,
        'iy',
      ),
    },
    {
      pattern: new RegExp(
        `(?:vertrags?|policen?|rechnungs?|bestell|auftrags|versicherungs(?:schein)?)-?(?:nummer|nr)\\.?[ \\t]{0,2}[:=#]?[ \\t]{0,3}(?:lautet[ \\t]|ist[ \\t])?${value}`,
        'iy',
      ),
    },
  ],
  examples: {
    hidden: [
      ['Contract CTR-2024-001, signed', 'Contract <CONTRACT_NUMBER>, signed'],
      ['policy POL-123456', 'policy <CONTRACT_NUMBER>'],
      ['order ORD-78901', 'order <CONTRACT_NUMBER>'],
      ['Ihr Vertrag V-2024-118832 wurde', 'Ihr Vertrag <CONTRACT_NUMBER> wurde'],
      ['Invoice No. 2024/0815', 'Invoice No. <CONTRACT_NUMBER>'],
      ['Rechnungsnummer: RE-20240099', 'Rechnungsnummer: <CONTRACT_NUMBER>'],
    ],
    kept: [
      'policy applied',
      'in order to 1234',
      'order by id',
      'po-file 12',
      'sla-agent',
      'pol-1',
      'police station',
      'order 66',
      'apt policy: 500',
    ],
  },
})
