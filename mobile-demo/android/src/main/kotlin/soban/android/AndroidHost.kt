package soban.android

import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.net.Uri
import soban.app.Host
import soban.app.net.UrlHttp
import java.io.File

/** The platform that Android is. */
class AndroidHost(
    private val context: Context,
    override val timer: JobTimer,
    private val screens: Screens
) : Host {
    private val net = Net(context)

    override val folder = File(context.filesDir, "phone")
    override val appVersion = "android ${versionName()}"
    override val defaultServer: String? = null
    override val http = UrlHttp()
    override val vault = KeystoreVault()

    override fun nowMs() = System.currentTimeMillis()

    override fun network() = net.state()

    override fun freeBytes(): Long? = context.filesDir.usableSpace

    /** Plain text goes as such: every app that sends messages takes it. A page goes as a file. */
    override fun handOut(name: String, text: String) {
        val send = Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_SUBJECT, name)
        if (name.endsWith(".html")) {
            attach(send, SharedFiles.put(context, name, text.toByteArray()))
        } else {
            send.setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        }
        val chooser = Intent.createChooser(send, null)
        context.startActivity(chooser.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    private fun attach(send: Intent, file: Uri) = send.run {
        setType(SharedFiles.HTML).putExtra(Intent.EXTRA_STREAM, file)
        clipData = ClipData.newRawUri(null, file)
        addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    }

    override fun print(title: String) {
        screens.current?.print(title)
    }

    private fun versionName(): String =
        context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty()
}
