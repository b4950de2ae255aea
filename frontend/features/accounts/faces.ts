/** The faces one may wear, by the code points of their pictures; the same list as the server's. */
export const ANIMALS = ['1f43c', '1f431', '1f436', '1f430', '1f98a', '1f43b', '1f428', '1f42f', '1f438', '1f42d', '1f439', '1f437', '1f427', '1f425', '1f981', '1f984'] as const
const PEOPLE_BASE = ['1f469', '1f468', '1f9d1', '1f467', '1f466', '1f9d2', '1f475', '1f474', '1f9d4', '1f471']
const SKINS = ['1f3fb', '1f3fc', '1f3fd', '1f3fe']
export const PEOPLE = PEOPLE_BASE.flatMap((person) => SKINS.map((skin) => `${person}-${skin}`))
export const faceUrl = (key: string) => `/media/faces/${key}.webp`
