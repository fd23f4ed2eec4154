package soban.app.net

import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** A photo without its colours: a byte for each pixel, line after line from the top. */
class GreyPhoto(val width: Int, val height: Int, val pixels: ByteArray)

/** The text of the QR code that a photo shows; null where none is to be read. */
internal fun readQr(photo: GreyPhoto): String? {
    val (width, height) = photo.width to photo.height
    val light =
        PlanarYUVLuminanceSource(photo.pixels, width, height, 0, 0, width, height, false)
    return try {
        val bitmap = BinaryBitmap(HybridBinarizer(light))
        QRCodeReader().decode(bitmap, mapOf(DecodeHintType.TRY_HARDER to true)).text
    } catch (_: ReaderException) {
        null
    }
}
