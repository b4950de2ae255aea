/** Stand-ins for the page that shows the kit; they appear nowhere else. */
import type { Picture, Sitting } from '@/shared/ui/types'

export const drawn = (colour: string, width = 4, height = 4): Picture => ({
  src: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="9" height="9" fill="${colour}"/><circle cx="2" cy="2" r="1" fill="#fff8"/></svg>`)}`,
  avif: '', webp: '', width: width * 100, height: height * 100, blur: '',
})

export const people = ['阿梨', '老陈', '小满', '王奶奶', '七七'].map((name, index) => ({ id: `kit-${index}`, name, face: drawn(['#C98', '#89C', '#9C8', '#CC8', '#C8C'][index] ?? '#CCC').src }))

export const sitting = (count: number): Sitting[] => people.slice(0, count).map((person, index) => ({ number: index + 1, state: 'PAID', person, isLeader: index === 0, isMine: index === 2 }))

export const cards = Array.from({ length: 5 }, (_, index) => ({ id: String(index), picture: drawn(['#E9B', '#9CE', '#BD9', '#EC9', '#CBE'][index] ?? '#CCC', 4, 3 + (index % 3)) }))
