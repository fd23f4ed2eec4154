package soban.android

import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.net.NetworkInfo
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetworkCapabilities
import org.robolectric.shadows.ShadowNetworkInfo

/** The network of Robolectric's phone. */
object TestNetwork {
    private val manager
        get() = RuntimeEnvironment.getApplication()
            .getSystemService(ConnectivityManager::class.java)

    fun connect(metered: Boolean = true) {
        shadowOf(manager).setDefaultNetworkActive(true)
        @Suppress("DEPRECATION")
        shadowOf(manager).setActiveNetworkInfo(
            ShadowNetworkInfo.newInstance(
                NetworkInfo.DetailedState.CONNECTED,
                ConnectivityManager.TYPE_MOBILE,
                0,
                true,
                true
            )
        )
        val has = ShadowNetworkCapabilities.newInstance()
        shadowOf(has).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
        if (!metered) shadowOf(has).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        shadowOf(manager).setNetworkCapabilities(checkNotNull(manager.activeNetwork), has)
    }

    fun lose() = shadowOf(manager).setActiveNetworkInfo(null)

    fun saveData(on: Boolean) = shadowOf(manager).setRestrictBackgroundStatus(
        if (on) {
            ConnectivityManager.RESTRICT_BACKGROUND_STATUS_ENABLED
        } else {
            ConnectivityManager.RESTRICT_BACKGROUND_STATUS_DISABLED
        }
    )
}
