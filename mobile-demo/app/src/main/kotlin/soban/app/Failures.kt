package soban.app

/** Why a sync or an enrolment ended early; nothing is lost by any of them. */
enum class Failure {
    OFFLINE,
    CUT,
    SERVER,
    BAD_ANSWER,
    REVOKED,
    CODE_REFUSED,
    BAD_ADDRESS,
    DATA_SAVER,
    FULL,
    FILE
}

/** An enrolment that did not go through. */
internal class Failed(val failure: Failure) : Exception(failure.name)

/** The screens asked for something that does not read. */
internal class BadRequest(val detail: String) : Exception(detail)

/** What is practised is never sent. */
internal class InPractice : Exception("practice")
