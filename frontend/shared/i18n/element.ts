/** The words of Element Plus in the reader's language. */
import { computed } from 'vue'
import en from 'element-plus/es/locale/lang/en.mjs'
import zhHans from 'element-plus/es/locale/lang/zh-cn.mjs'
import zhHant from 'element-plus/es/locale/lang/zh-tw.mjs'
import { currentLocale } from './locale'

const WORDS = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en } as const

export const elementLocale = computed(() => WORDS[currentLocale()])
