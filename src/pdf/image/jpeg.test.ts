import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../../test/needs.ts'
import {
  documentWith,
  exif,
  greyJpeg,
  jpeg,
  quartersOf,
  segment,
  withSegments
} from '../../../test/picture.ts'
import { faultsOf } from '../../../test/proof.ts'
import { openImage } from './image.ts'

const skip = needs('pdftoppm', 'qpdf')
const near = (found: number[], wanted: number[], what: string) => {
  for (const [index, value] of found.entries())
    assert.ok(Math.abs(value - (wanted[index] as number)) <= 3, `${what}: ${found}`)
}

test('baseline, progressive, grey and CMYK pictures look as they should', { skip }, () => {
  const progressive = jpeg('-jpeg', '-jpegopt', 'progressive=y')
  const pictures = {
    baseline: jpeg('-jpeg'),
    progressive,
    grey: greyJpeg(),
    cmyk: jpeg('-jpegcmyk')
  }
  for (const [kind, picture] of Object.entries(pictures)) {
    const pdf = documentWith(picture)
    near(quartersOf(pdf), [0, 85, 170, 255], kind)
    assert.equal(faultsOf(pdf), '')
  }
})

test('a picture is turned upright as the camera was held', { skip }, () => {
  const [a, b, c, d] = [0, 85, 170, 255]
  const upright = [
    [a, b, c, d],
    [b, a, d, c],
    [d, c, b, a],
    [c, d, a, b],
    [a, c, b, d],
    [c, a, d, b],
    [d, b, c, a],
    [b, d, a, c]
  ]
  for (const [index, wanted] of upright.entries())
    for (const order of ['II', 'MM'] as const) {
      const picture = withSegments(greyJpeg(), exif(index + 1, order))
      near(quartersOf(documentWith(picture)), wanted, `orientation ${index + 1}`)
    }
})

test('the size is that of the picture as people see it', { skip }, () => {
  const lying = withSegments(jpeg('-jpeg'), exif(6))
  const { width, height } = openImage(lying)
  assert.deepEqual([width, height], [16, 32])
})

test('an orientation that makes no sense is passed over', () => {
  const broken = exif(1)
  for (let length = 8; length < broken.length; length += 1) {
    const cut = segment(0xe1, broken.subarray(4, length))
    assert.equal(openImage(withSegments(greyJpeg(), cut)).width, 16)
  }
  for (const odd of [0, 9, 65_535])
    assert.equal(openImage(withSegments(greyJpeg(), exif(odd))).width, 16)
})

test('places, previews and comments of a camera do not go into the document', () => {
  const secret = Buffer.from('35.6595N 139.7005E', 'latin1')
  const segments = [exif(1), segment(0xe1, secret), segment(0xed, secret), segment(0xfe, secret)]
  const pdf = Buffer.from(documentWith(withSegments(greyJpeg(), ...segments)))
  assert.equal(pdf.includes(secret), false)
  assert.equal(pdf.includes('Exif'), false)
})

test('a CMYK picture takes the claim to be an archive away', { skip }, () => {
  const claims = (bytes: Buffer) => Buffer.from(documentWith(bytes)).includes('pdfaid:part')
  assert.equal(claims(jpeg('-jpegcmyk')), false)
  assert.equal(claims(jpeg('-jpeg')), true)
})

test('what follows the end of a picture is left away', () => {
  const picture = Buffer.concat([greyJpeg(), Buffer.from('<script>')])
  assert.equal(Buffer.from(documentWith(picture)).includes('<script>'), false)
})
