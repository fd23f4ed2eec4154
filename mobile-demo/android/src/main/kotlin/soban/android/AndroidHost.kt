package soban.android

import android.content.Context
import android.content.Intent
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

    /** As text: every app that sends messages takes that, and no other app gets at our files. */
    override fun handOut(name: String, bytes: ByteArray) {
        val send = Intent(Intent.ACTION_SEND)
            .setType("text/plain")
            .putExtra(Intent.EXTRA_SUBJECT, name)
            .putExtra(Intent.EXTRA_TEXT, bytes.toString(Charsets.UTF_8))
        val chooser = Intent.createChooser(send, null)
        context.startActivity(chooser.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    override fun print(title: String) {
        screens.current?.print(title)
    }

    private fun versionName(): String =
        context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty()
}
