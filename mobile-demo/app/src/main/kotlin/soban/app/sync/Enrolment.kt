package soban.app.sync

import soban.app.Failed
import soban.app.Failure
import soban.app.Host
import soban.app.NetworkState
import soban.app.Phones
import soban.app.Settings
import soban.app.net.Address
import soban.app.net.Cancellation
import soban.app.net.District
import soban.app.net.Invitation
import soban.app.net.LinkTrouble
import soban.app.net.Refusal
import uniffi.soban_bindings.PhoneException

/** From what an enrolment sheet shows to a phone with papers, forms and names. */
internal class Enrolment(
    private val host: Host,
    private val phones: Phones,
    private val settings: Settings,
    private val patience: Patience
) {
    /** Throws [Failed]; then the phone is not enrolled, and the same code may be tried again. */
    fun enrol(text: String, server: String?) {
        val invitation = Invitation.read(text, server ?: host.defaultServer)
        val request = phones.real { it.enrolRequest(invitation.code, host.appVersion) }
        if (invitation.code.isEmpty()) throw Failed(Failure.CODE_REFUSED)
        val address = invitation.server?.let(Address::read) ?: throw Failed(Failure.BAD_ADDRESS)
        if (host.network() == NetworkState.NONE) throw Failed(Failure.OFFLINE)
        // First, so that a phone that is enrolled always knows where.
        settings.server = address
        val answer = insist(District(host.http, address), request)
        try {
            phones.real { it.finishEnrolment(SyncRun.direct(answer), host.nowMs()) }
        } catch (_: PhoneException.BadAnswer) {
            throw Failed(Failure.BAD_ANSWER)
        }
    }

    /** Asking again after a lost answer is harmless: the phone's key is the same. */
    private fun insist(district: District, request: ByteArray): ByteArray {
        val pauses = patience.pausesMs.take(MOST_REPEATS).iterator()
        while (true) {
            try {
                return district.post(District.ENROL, request, Cancellation())
            } catch (refusal: Refusal) {
                val again = refusal.failure == Failure.CUT && pauses.hasNext()
                if (!again) throw Failed(failureOf(refusal))
                Cancellation().pause(pauses.next())
            }
        }
    }

    private fun failureOf(refusal: Refusal): Failure = when {
        refusal.problem == District.REVOKED -> Failure.REVOKED

        refusal.status == FORBIDDEN && refusal.problem != null -> Failure.CODE_REFUSED

        refusal.trouble == LinkTrouble.UNKNOWN_HOST -> Failure.BAD_ADDRESS

        refusal.trouble == LinkTrouble.NOT_TRUSTED -> Failure.BAD_ADDRESS

        // Somebody else's computer.
        refusal.status in STRANGERS && refusal.problem == null -> Failure.BAD_ADDRESS

        refusal.status in OK && refusal.trouble == null -> Failure.BAD_ADDRESS

        else -> refusal.failure
    }

    private companion object {
        const val MOST_REPEATS = 2
        const val FORBIDDEN = 403
        val OK = 200..299
        val STRANGERS = 300..407
    }
}
