/** What a buyer may do with an order, and how urgent it looks. */
export type Tone = 'do' | 'way' | 'done' | 'over'

export function toneOf(state: string): Tone {
  if (state === 'PENDING_PAYMENT' || state === 'AWAITING_GROUP') return 'do'
  if (['PAID', 'FULFILLING', 'SHIPPED'].includes(state)) return 'way'
  return ['DELIVERED', 'COMPLETED'].includes(state) ? 'done' : 'over'
}

/** A paid seat is given back on the group's page; what is unpaid or of which no part has left is cancelled here. */
export function canCancel(order: { state: string; kind: string }): boolean {
  return order.state === 'PENDING_PAYMENT' || (order.kind === 'single' && order.state === 'PAID')
}

export function canConfirm(order: { state: string }): boolean {
  return order.state === 'SHIPPED' || order.state === 'DELIVERED'
}

/** What somebody writes for an invoice. */
export interface InvoiceDraft { way: 'ELECTRONIC' | 'PAPER'; holder: 'person' | 'company'; title: string; taxNumber: string }
export interface InvoiceInput { way: 'ELECTRONIC' | 'PAPER'; title: string; taxNumber: string | null }
export const newInvoice = (): InvoiceDraft => ({ way: 'ELECTRONIC', holder: 'person', title: '', taxNumber: '' })
export const invoiceInput = ({ way, holder, title, taxNumber }: InvoiceDraft): InvoiceInput => ({ way, title: title.trim(), taxNumber: holder === 'company' ? taxNumber.trim() : null })
