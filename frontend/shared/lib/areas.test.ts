import { describe, expect, it } from 'vitest'
import { readAddress, type Areas } from './areas'

const AREAS: Areas = [
  ['11', '北京市', [['1101', '北京市', [['110101', '东城区']]]]],
  ['33', '浙江省', [['3301', '杭州市', [['330106', '西湖区'], ['330108', '滨江区']]]]],
  ['65', '新疆维吾尔自治区', [['6501', '乌鲁木齐市', [['650102', '天山区']]]]],
]
const HOME = { province: '浙江省', city: '杭州市', district: '西湖区', code: '330106' }

describe('readAddress', () => {
  it.each([
    '王小明 13800000001 浙江省杭州市西湖区文三路1号',
    '浙江省 杭州市 西湖区 文三路1号 王小明 138-0000-0001',
    '收货人：王小明，手机号：138 0000 0001，所在地区：浙江省杭州市西湖区，详细地址：文三路1号',
    '浙江杭州西湖区文三路1号，王小明，13800000001',
  ])('finds name, phone and place in %s', (text) => {
    expect(readAddress(text, AREAS)).toEqual({ name: '王小明', phone: '13800000001', line: '文三路1号', ...HOME })
  })
  it('knows a municipality without its city', () => {
    expect(readAddress('李雷 13900000002 北京市东城区雍和宫大街21号', AREAS)).toMatchObject({ city: '北京市', district: '东城区', line: '雍和宫大街21号' })
  })
  it('knows an autonomous region by its short name', () => {
    expect(readAddress('新疆乌鲁木齐天山区解放路3号', AREAS)).toMatchObject({ province: '新疆维吾尔自治区', code: '650102', name: '' })
  })
  it('leaves empty what it does not find', () => {
    expect(readAddress('你好', AREAS)).toMatchObject({ phone: '', province: '', line: '' })
  })
})
