package soban.android

import android.content.Context
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import soban.app.NetworkState

/** What there is of a network now. */
class Net(context: Context) {
    private val manager = context.getSystemService(ConnectivityManager::class.java)

    fun state(): NetworkState {
        val network = manager.activeNetwork ?: return NetworkState.NONE
        val has = manager.getNetworkCapabilities(network) ?: return NetworkState.NONE
        return when {
            !has.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) -> NetworkState.NONE
            has.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) -> NetworkState.FREE
            isSaving() -> NetworkState.SAVING
            else -> NetworkState.METERED
        }
    }

    private fun isSaving(): Boolean {
        val status = manager.restrictBackgroundStatus
        return status == ConnectivityManager.RESTRICT_BACKGROUND_STATUS_ENABLED
    }
}
