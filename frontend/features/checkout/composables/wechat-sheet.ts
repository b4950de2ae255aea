/** The bridge of WeChat's own browser: it shows the sheet on which the buyer pays, and says how the buyer left it. */
import type { PaySheet } from '../api/sheet'

export type SheetEnd = 'ok' | 'cancel' | 'fail'
interface Bridge { invoke(name: string, wanted: Record<string, string>, told: (answer: { err_msg?: string }) => void): void }

const BRIDGE_WITHIN_MS = 4_000
const bridge = () => (window as unknown as { WeixinJSBridge?: Bridge }).WeixinJSBridge

/** Wait until WeChat has put its bridge into the page; null in every other browser. */
function found(): Promise<Bridge | null> {
  return new Promise((answer) => {
    const done = () => { clearTimeout(late); document.removeEventListener('WeixinJSBridgeReady', done); answer(bridge() ?? null) }
    const late = setTimeout(done, BRIDGE_WITHIN_MS)
    if (bridge()) done()
    else document.addEventListener('WeixinJSBridgeReady', done)
  })
}

/** Show the sheet. Whether money came only the provider's word tells; this is how the buyer left it. */
export async function showSheet(sheet: PaySheet): Promise<SheetEnd> {
  const here = await found()
  if (!here) return 'fail'
  const wanted = { appId: sheet.appId, timeStamp: sheet.timeStamp, nonceStr: sheet.nonce, package: sheet.package, signType: sheet.signType, paySign: sheet.signature }
  return new Promise((answer) => here.invoke('getBrandWCPayRequest', wanted, (told) => {
    const end = (told.err_msg ?? '').split(':')[1]
    answer(end === 'ok' || end === 'cancel' ? end : 'fail')
  }))
}
