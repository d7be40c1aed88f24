import type { NameLine } from './name-line.ts'
import { wordSet } from './word-set.ts'

/** First words of makers of hardware, firmware and virtual machines. */
const makers = wordSet(
  `intel amd advanced nvidia realtek broadcom qualcomm marvell mellanox aquantia atheros ralink mediatek samsung toshiba kioxia seagate hitachi hgst western micron crucial kingston sandisk corsair hynix sk
  dell lenovo asus asustek asrock gigabyte msi micro-star supermicro super hewlett-packard hewlett hp hpe fujitsu acer apple ibm tyan quanta foxconn pegatron american insyde phoenix award seabios ovmf edk
  qemu bochs xen vmware innotek oracle parallels microsoft google amazon raspberry logitech lsi adaptec asmedia jmicron silicon phison adata transcend texas renesas prolific ftdi espressif silabs matrox
  aspeed red linux`,
)
const vendorLabels = wordSet('vendor manufacturer oem subsystem vendorname manufacturername biosvendor idvendor imanufacturer hersteller')

/** How much of a line is looked at: a label and what may stand before it. */
const tokensMax = 12

/**
 * Whether a line is one of a list of hardware, where who made it is the name of a product: `Vendor: Intel Corporation`, `00:1f.6 Ethernet controller: Intel Corporation I219`,
 * `Bus 001 Device 002: ID 8087:0024 Intel Corp.`; must not match `Vendor: Nordwind Logistik GmbH`, `Employer: Intel Corporation`.
 */
export function isOfHardware({ text, tokens }: Pick<NameLine, 'text' | 'tokens'>): boolean {
  if (device.test(text)) return true
  for (let sign = 1; sign < Math.min(tokens.length, tokensMax); sign += 1) {
    if (
      !/^[:=]$/.test(tokens[sign]?.text ?? '') ||
      !tokens.slice(Math.max(0, sign - 2), sign).some(({ folded }) => vendorLabels.has(folded))
    )
      continue
    const value = tokens.slice(sign + 1, sign + tokensMax).find(({ kind }) => kind === 'word')
    return value !== undefined && makers.has(value.folded)
  }
  return false
}

/** The lines of `lspci` and `lsusb`. */
const device = /^[ \t]{0,8}(?:(?:[\da-f]{4}:)?[\da-f]{2}:[\da-f]{2}\.\d [A-Z]|Bus \d{3} Device \d{3}: ID [\da-f]{4}:)/
