/** PTR, SRV and TXT of a Chromecast, without name compression. */
export function mdnsAnswer(name: string, port: number): Buffer {
  const labels = (text: string): Buffer =>
    Buffer.concat([
      ...text
        .split('.')
        .map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
      Buffer.of(0),
    ])
  const service = labels('_googlecast._tcp.local')
  const instance = labels('Fake-1234._googlecast._tcp.local')
  const record = (owner: Buffer, type: number, data: Buffer): Buffer =>
    Buffer.concat([
      owner,
      Buffer.of(0, type, 0x80, 1, 0, 0, 0, 120, data.length >> 8, data.length & 255),
      data,
    ])
  const texts = ['id=1234', 'md=Fake Chromecast', `fn=${name}`].map((text) => {
    const bytes = Buffer.from(text).subarray(0, 255)
    return Buffer.concat([Buffer.of(bytes.length), bytes])
  })
  return Buffer.concat([
    Buffer.of(0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 2),
    record(service, 12, instance),
    record(instance, 16, Buffer.concat(texts)),
    record(
      instance,
      33,
      Buffer.concat([Buffer.of(0, 0, 0, 0, port >> 8, port & 255), labels('fake.local')]),
    ),
  ])
}
