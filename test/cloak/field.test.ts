import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'

describe('short fields that say what ran stay', () => {
  test.each(
    [
      ...[
        'draw.io',
        'cal.com',
        'n8n.io',
        'node.js',
        'Node 22',
        'node-red',
        'server',
        'host',
        'Host bridge',
        'user-manager',
        'Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz',
        'GeForce RTX 3060',
        'incus-6.0.1',
        'immich',
        '2fauth',
      ],
      ...[
        'paperless-ngx',
        'it-tools',
        'changedetection.io',
        'asp.net',
        'listmonk.app',
        '12',
        '24.04',
        '3.20.1',
        '8.2.7',
        '9.0.3-1',
        'bookworm/sid',
        'default',
      ],
      ...[
        'mydefaults-app',
        'AMD Ryzen 7 5800X 8-Core Processor',
        'AMD EPYC 7B13 @ 2.45GHz',
        'Intel Corporation UHD Graphics 630 (rev 02)',
        '3200',
        'amd64',
      ],
      ...[
        'community-scripts/ProxmoxVE',
        'NVIDIA GA106 [GeForce RTX 3060 Lite Hash Rate]',
        'DDR4-3200',
        'v2.0.0-rc.1',
        '1.2.3.4-1',
        'ASPEED Graphics Family',
      ],
    ].map((text) => [text]),
  )('%s', (text) => {
    expect(cloak(text, 'field')).toEqual({ text, rules: [] })
  })
})

describe('P3 personal data in a short field goes', () => {
  test.each([
    ['root@draw.io', '<email>'],
    ['10.0.0.5', '<ipv4>'],
    ['app 192.168.1.77:8006', 'app <ipv4>:8006'],
    ['192.x.x.51', '192.x.x.x'],
    ['fe80::1%eth0', '<ipv6>'],
    ['2001:db8::42', '<ipv6>'],
    ['BC:24:11:5A:00:1F', '<mac>'],
    ['jo.doe@example.com', '<email>'],
    ['jo@thinkpad', '<user>@<host>'],
    ['nas.local', '<host>'],
    ['pve.home.arpa', '<host>'],
    ['box.fritz.box', '<host>'],
    ['fritz.box', '<host>'],
    ['vault.internal', '<host>'],
    ['node1.lan', '<host>'],
    ['pc-max.geheim-firma.de', '<host>'],
    ['cloud.kowalski.network', '<host>'],
    ['git.kowalski.sh', '<host>'],
    ['app on cloud.kowalski.co.uk', 'app on <host>'],
    ['/home/maria/x.sh', '/home/<user>/x.sh'],
    ['C:\\Users\\maria\\x.ps1', 'C:\\Users\\<user>\\x.ps1'],
    ['ghp_0123456789abcdefABCDEF0123456789abcd', '<token>'],
    ['https://jo:pw@github.com/a', 'https://<credential>@github.com/a'],
    ['http://nas:5000', 'http://<host>:5000'],
    ['password=abc', 'password=<secret>'],
    ['sk-ant-api03-AbCd_1234-efgh', '<token>'],
    ['hostname: pve1', 'hostname: <host>'],
    ['app Host=pve1', 'app Host=<host>'],
    ['Serial Number: S3Z9NB0K123456X', 'Serial Number: <serial>'],
    ['Nov 22 11:40:42 pve1 systemd[1]: Started x', 'Nov 22 11:40:42 <host> systemd[1]: Started x'],
    ['uid=1000(maria) gid=1000(maria)', 'uid=1000(<user>) gid=1000(<user>)'],
    ['username: maria', 'username: <user>'],
    ['zaphod＠mail.com', '<email>'],
    ['zaphod@\u200bmail.com', '<email>'],
    ['２０３.０.１１３.５', '<ipv4>'],
    ['app\\n203.0.113.5', 'app\\n<ipv4>'],
    ['\x1b[36mbc:24:11:5a:be:ef\x1b[0m', '<mac>'],
  ])('%s', (text, cloaked) => {
    expect(cloak(text, 'field').text).toBe(cloaked)
  })
})

describe('versions, models and methods stay in both profiles', () => {
  test.each(
    [
      ...['incus-6.0.1', '8.4.1', '8.2.7', '24.04', '9.0.3-1', '1.2.3.4-1', 'v2.0.0-rc.1', '6.8.12-4-pve', '3.20.1', 'bookworm/sid'],
      ...['Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz', 'UHD Graphics 630', 'Intel Corporation UHD Graphics 630 (rev 02)', 'DDR4-3200'],
      ...['AMD EPYC 7B13 @ 2.45GHz', 'NVIDIA GA106 [GeForce RTX 3060 Lite Hash Rate]', 'AMD Ryzen 7 5800X 8-Core Processor'],
      ...[
        'amd64',
        'mydefaults-app',
        'default',
        'advanced',
        'alpine',
        'debian',
        'passthrough',
        'Raspberry Pi 5 Model B Rev 1.0',
        'ARM Cortex-A76',
      ],
    ].map((text) => [text]),
  )('%s', (text) => {
    expect(cloak(text, 'field')).toEqual({ text, rules: [] })
    expect(cloak(text, 'value')).toEqual({ text, rules: [] })
  })
})
