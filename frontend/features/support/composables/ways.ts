/** Where the reader of an article can do at once what it is about. */
export const PLACES: Readonly<Record<string, string>> = {
  GROUPS: '/groups',
  FLASH: '/flash',
  ORDERS: '/orders',
  PARCEL: '/orders?state=TO_RECEIVE',
  CANCEL: '/orders',
  ADDRESS: '/orders',
  INVOICE: '/orders',
  RETURN: '/orders',
  AFTER_SALES: '/aftersales',
  WALLET: '/me/wallet',
  POINTS: '/me/points',
  TASKS: '/me/tasks',
  LEVELS: '/me/membership',
  COUPONS: '/coupons',
  INVITES: '/me/invites',
  CREATOR: '/creator/apply',
  SETTINGS: '/me/settings',
  CONTACT: '/help/ask',
}

/** The page of one order where it is done: a return begins with its form, the rest on the order itself. */
export function orderPlace(way: string, orderId: string): string {
  return way === 'RETURN' ? `/aftersales/new/${orderId}` : `/orders/${orderId}`
}
