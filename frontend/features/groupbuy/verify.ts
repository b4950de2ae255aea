/** Checking a draw in the browser, without asking the shop: the same sums as in verify_draw.py. */

export interface Sealed {
  seed: string | null
  seedHash: string
  entriesHash: string | null
  commitment: string | null
  winners: number
  entries: readonly { entry: string; rank: number | null }[]
}
export interface Checked {
  key: 'seed' | 'entries' | 'seal' | 'winners'
  holds: boolean
}

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const letters = new TextEncoder()

export async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', letters.encode(text)))
}

async function score(seed: string, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', bytesOf(seed), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return hex(await crypto.subtle.sign('HMAC', key, letters.encode(text)))
}

/** Who the shop says was drawn, in the order of the ranking. */
export function drawn(draw: Sealed): string[] {
  return draw.entries.filter((each) => each.rank !== null && each.rank <= draw.winners).sort((one, two) => (one.rank ?? 0) - (two.rank ?? 0)).map((each) => each.entry)
}

export async function checkDraw(draw: Sealed): Promise<Checked[]> {
  const { seed } = draw
  if (!seed) return []
  const entries = draw.entries.map((each) => each.entry)
  const digest = await sha256(entries.join('\n'))
  const scored = await Promise.all(entries.map(async (entry) => `${await score(seed, `${digest}:${entry}`)} ${entry}`))
  const first = scored.sort().slice(0, draw.winners).map((line) => line.split(' ')[1])
  return [
    { key: 'seed', holds: (await sha256(seed)) === draw.seedHash },
    { key: 'entries', holds: digest === draw.entriesHash },
    { key: 'seal', holds: (await sha256(`${seed}:${digest}`)) === draw.commitment },
    { key: 'winners', holds: first.join() === drawn(draw).join() },
  ]
}

/** The draw as the script reads it. */
export function asFile(draw: Sealed): string {
  const { seed, seedHash, entriesHash, commitment, winners } = draw
  return JSON.stringify({ seed, seedHash, entriesHash, commitment, winners, entries: draw.entries.map((each) => each.entry), drawn: drawn(draw) }, null, 2)
}
