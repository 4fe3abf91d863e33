/** An order as a program sends it, with the file in it, for the documentation of the API. */
export const example = {
  file: {
    name: 'orders.csv',
    text: '請求書番号,宛名,摘要,単価\n2026-1201,髙﨑商店,生豆 20kg,28400\n'
  },
  columns: { number: '請求書番号', recipientName: '宛名', description: '摘要', unitPrice: '単価' },
  issuer: {
    name: '株式会社まめや珈琲',
    address: '東京都渋谷区神宮前一丁目2番3号',
    registrationNumber: 'T9234567890123'
  },
  issuedOn: '2026-11-23',
  transactionOn: '2026-11-20',
  honorific: '御中',
  taxRate: 8
}
