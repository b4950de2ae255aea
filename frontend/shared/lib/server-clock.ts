/** The server's time: the difference to this device's clock, learnt from answers that carry `serverNow`. */
let difference = 0

export function learnServerTime(serverNow: string, heardAt: number = Date.now()): void {
  difference = Date.parse(serverNow) - heardAt
}

export function serverTime(): number {
  return Date.now() + difference
}
