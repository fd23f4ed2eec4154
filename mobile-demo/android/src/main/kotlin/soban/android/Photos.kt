package soban.android

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import android.webkit.ValueCallback
import android.webkit.WebChromeClient
import android.webkit.WebView
import java.io.IOException

/**
 * The seam for photos. Where the page asks for one, the holder takes it with the phone's own camera app,
 * into a file of ours, or chooses one where there is no such app: this app needs no right to the camera
 * or to anybody's pictures.
 */
internal class Photos(private val activity: Activity) : WebChromeClient() {
    private var asking: ValueCallback<Array<Uri>>? = null
    private var taken: Uri? = null

    override fun onShowFileChooser(
        page: WebView,
        callback: ValueCallback<Array<Uri>>,
        asked: FileChooserParams
    ): Boolean {
        answer(null)
        val file = SharedFiles.makePhoto(activity)
        asking = callback
        taken = file
        if (!start(camera(file)) && !start(pictures())) answer(null)
        return true
    }

    private fun start(app: Intent) = try {
        @Suppress("DEPRECATION")
        activity.startActivityForResult(app, REQUEST)
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    /**
     * Back from the camera or the pictures; [chosen] has no address where a photo was taken. Whether
     * there is a photo and nobody to tell: where memory is short the system ends the page, or all of
     * the app, while the camera is in front.
     */
    fun took(request: Int, result: Int, chosen: Intent?): Boolean {
        if (request != REQUEST) return false
        val done = result == Activity.RESULT_OK
        if (asking == null && done) return chosen?.data?.let(::keep) ?: true
        answer((chosen?.data ?: taken).takeIf { done })
        return false
    }

    /** Nobody needs it any more. */
    fun close() = SharedFiles.removePhoto(activity)

    private fun keep(chosen: Uri) = try {
        SharedFiles.keepPhoto(activity, chosen)
        true
    } catch (_: IOException) {
        false
    } catch (_: SecurityException) {
        false
    }

    /** The page may ask again only once it was answered. */
    private fun answer(photo: Uri?) {
        asking?.onReceiveValue(photo?.let { arrayOf(it) })
        asking = null
        taken = null
    }

    private fun camera(file: Uri) = Intent(MediaStore.ACTION_IMAGE_CAPTURE).apply {
        putExtra(MediaStore.EXTRA_OUTPUT, file)
        // Which carries the right to that one file.
        clipData = ClipData.newRawUri(null, file)
        addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    private fun pictures() = Intent(Intent.ACTION_GET_CONTENT)
        .addCategory(Intent.CATEGORY_OPENABLE)
        .setType("image/*")

    private companion object {
        const val REQUEST = 1
    }
}
