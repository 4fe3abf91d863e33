/** An order as a program sends it, for the documentation of the API. */
export const example = {
  title: '焙煎の記録',
  author: '焙煎部',
  date: '2026-11-26',
  text: '# 概要\n\n浅煎りは**9分**で上がった。'
}
