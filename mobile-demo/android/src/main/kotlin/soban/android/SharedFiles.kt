package soban.android

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Context
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException
import java.io.InputStream
import java.util.concurrent.TimeUnit

/**
 * Files that the holder hands to another app, and the one that a camera app puts its photo into. That
 * app may read or write the one file it was handed, and nobody gets at anything else: the provider is
 * not exported, and knows only this folder.
 */
class SharedFiles : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        val file = find(uri)
        if (mode != "r" && file.name != PHOTO) throw SecurityException("this file is to be read")
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.parseMode(mode))
    }

    override fun getType(uri: Uri) = if (uri.lastPathSegment == PHOTO) "image/jpeg" else HTML

    /** What an app asks of a file before it shows it. */
    override fun query(
        uri: Uri,
        projection: Array<String>?,
        selection: String?,
        arguments: Array<String>?,
        order: String?
    ) = find(uri).let { file ->
        val columns = projection ?: arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)
        MatrixCursor(columns, 1).apply {
            val row = newRow()
            row.add(OpenableColumns.DISPLAY_NAME, file.name)
            row.add(OpenableColumns.SIZE, file.length())
        }
    }

    override fun insert(uri: Uri, values: ContentValues?) = null

    override fun update(
        uri: Uri,
        values: ContentValues?,
        selection: String?,
        arguments: Array<String>?
    ) = 0

    override fun delete(uri: Uri, selection: String?, arguments: Array<String>?) = 0

    /** By its name among those that are there, so that no name leads out of the folder. */
    private fun find(uri: Uri): File {
        val there = folder(checkNotNull(context)).listFiles().orEmpty()
        val name = uri.pathSegments.singleOrNull()
        return there.find { it.name == name } ?: throw FileNotFoundException("there is none")
    }

    companion object {
        const val HTML = "text/html"
        private const val PHOTO = "photo.jpg"
        private const val AUTHORITY = "soban.android.shared"
        private val KEPT_MS = TimeUnit.DAYS.toMillis(1)

        /** Keeps a file for who is about to be handed it; those of other days are gone then. */
        fun put(context: Context, name: String, bytes: ByteArray): Uri {
            val folder = folder(context).apply { mkdirs() }
            val old = System.currentTimeMillis() - KEPT_MS
            folder.listFiles().orEmpty().filter { it.lastModified() < old }.forEach(File::delete)
            File(folder, name).writeBytes(bytes)
            return Uri.Builder().scheme("content").authority(AUTHORITY).appendPath(name).build()
        }

        /** An empty file that a camera app may fill; the photo before is gone then. */
        fun makePhoto(context: Context): Uri = put(context, PHOTO, ByteArray(0))

        /** A photo that was chosen elsewhere, in its place. */
        fun keepPhoto(context: Context, chosen: Uri) {
            makePhoto(context)
            val photo = context.contentResolver.openInputStream(chosen)
            photo?.use { from -> photoFile(context).outputStream().use(from::copyTo) }
        }

        /** Throws where there is none. */
        fun openPhoto(context: Context): InputStream = photoFile(context).inputStream()

        fun removePhoto(context: Context) {
            photoFile(context).delete()
        }

        private fun photoFile(context: Context) = File(folder(context), PHOTO)

        private fun folder(context: Context) = File(context.cacheDir, "shared")
    }
}
