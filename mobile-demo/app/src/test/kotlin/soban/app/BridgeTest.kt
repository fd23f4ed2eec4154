package soban.app

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import soban.app.json.camelCase
import soban.app.methods.Method
import soban.app.testing.Contract
import soban.app.testing.Staff
import soban.app.testing.TestDistrict
import soban.app.testing.TestHost
import soban.app.testing.TestPhone
import soban.app.testing.isNull
import soban.app.testing.number
import soban.app.testing.text
import soban.app.testing.waitUntil
import uniffi.soban_bindings.ContestKind
import uniffi.soban_bindings.Policy
import uniffi.soban_bindings.Problem
import uniffi.soban_bindings.Ruling
import uniffi.soban_bindings.Sensitivity
import uniffi.soban_bindings.Severity
import java.io.File
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

class BridgeTest {
    @TempDir lateinit var folder: File
    private lateinit var district: TestDistrict
    private lateinit var phone: TestPhone

    @BeforeEach
    fun `a phone is enrolled`() {
        district = TestDistrict(folder)
        phone = TestPhone(File(folder, "phone"))
        phone.enrol(district.qr())
    }

    @AfterEach
    fun end() {
        phone.close()
        district.close()
    }

    @Test
    fun `the bridge has the contract's methods and no others`() {
        assertEquals(Contract().methods, phone.app.bridge.methodNames)
    }

    @Test
    fun `answers hold what the contract names and nothing else`() {
        val saved = phone.saveGift()
        val form = phone.call("form", """{"name":"contribution"}""")
        val section = form.jsonObject.getValue("sections").jsonArray.first()
        val record = phone.call("show", """{"record":"${saved.text("record")}"}""")
        val steps = phone.call("history", """{"record":"${saved.text("record")}"}""").jsonArray
        val filled = """{"form":"contribution","fields":{"area_m2":"5.200"},"rows":[]}"""
        val checked = phone.call("check", filled)
        val village = """{"form":"contribution","field":"village","words":""}"""
        phone.call("saveDraft", """{"id":null,"form":"meeting","body":"{}"}""")
        same("Saved", saved)
        same("Status", phone.status())
        same("FormSummary", phone.call("forms").jsonArray.first())
        same("FormDetail", form)
        same("FieldDetail", section.jsonObject.getValue("fields").jsonArray.first())
        same("RecordView", record)
        same("FieldView", record.jsonObject.getValue("fields").jsonArray.first())
        same("ListItem", phone.list().first())
        same("HistoryStep", steps.first())
        same("Checked", checked)
        same("FieldReading", checked.jsonObject.getValue("fields").jsonArray.first())
        same("Violation", checked.jsonObject.getValue("violations").jsonArray.first())
        same("Reference", phone.call("references", village).jsonArray.first())
        same("FormFigures", phone.call("figures", """{"year":2012}""").jsonArray.first())
        same("Draft", phone.call("drafts").jsonArray.first())
        same("Preferences", phone.call("preferences"))
        same("SyncReport", phone.sync())
        same("SyncState", phone.call("syncState"))
    }

    private fun same(type: String, json: JsonElement) =
        assertEquals(Contract().members(type), json.jsonObject.keys, type)

    @Test
    fun `what is one of a few reads as one of the contract's`() {
        fun same(type: String, member: String, constants: List<Enum<*>>) {
            val texts = constants.map { camelCase(it.name) }.toSet()
            assertEquals(Contract().texts(type, member), texts, "$type.$member")
        }
        same("Decision", "ruling", Ruling.entries)
        same("Refused", "problem", Problem.entries)
        same("Contest", "kind", ContestKind.entries)
        same("Contest", "policy", Policy.entries)
        same("FieldDetail", "sensitivity", Sensitivity.entries)
        same("Violation", "severity", Severity.entries)
    }

    private fun JsonElement.first(name: String) = jsonObject.getValue(name).jsonArray.first()

    @Test
    fun `so do those about a disagreement, and about what staff decided`() {
        val record = phone.saveGift().text("record")
        phone.sync()
        TestPhone(File(folder, "second")).use { second ->
            second.enrol(district.qr())
            second.sync()
            second.call("edit", patch(second, record, "ông Cường"))
            phone.call("edit", patch(phone, record, "ông Lục Cường"))
            second.sync()
        }
        phone.sync()
        val contest = phone.call("show", """{"record":"$record"}""").first("contests")
        same("Contest", contest)
        same("Side", contest.first("sides"))
        assertEquals("values", contest.text("kind"))

        Staff(district).decide("ông Cường", "Theo sổ của thôn")
        waitUntil("the decision has come") {
            phone.sync()
            phone.status().number("unread") > 0
        }
        val decision = phone.call("decisions", """{"unread":true}""").jsonArray.single()
        same("Decision", decision)
        same("Side", decision.first("before"))
        assertEquals("set", decision.text("ruling"))
        assertEquals("Theo sổ của thôn", decision.text("reason"))
    }

    @Test
    fun `and those about what the district did not take`() {
        phone.saveGift()
        district.revoke(phone.status().text("device"))
        phone.sync()
        val refused = phone.call("refused").jsonArray.single()
        same("Refused", refused)
        same("RefusedRecord", refused.first("records"))
        same("FieldView", refused.first("records").first("fields"))
    }

    private fun patch(phone: TestPhone, record: String, donor: String): String {
        val state = phone.call("show", """{"record":"$record"}""").text("state")
        return """{"record":"$record","openedAt":"$state","fields":{"donor_name":"$donor"},
            "rows":[],"newRows":[],"confirmed":true,"draft":null}"""
    }

    @Test
    fun `values travel as the contract writes them`() {
        val record = phone.saveGift().text("record")
        val shown = phone.call("show", """{"record":"$record"}""").jsonObject
        val fields = shown.getValue("fields").jsonArray.associateBy { it.text("name") }
        val area = fields.getValue("area_m2")
        assertEquals(5200, area.number("value"))
        assertEquals("5.200\u00a0m²", area.text("text"))
        assertEquals("năm nghìn hai trăm mét vuông", area.text("words").lowercase())
        assertEquals("ông Lục Thượng Cường", fields.getValue("donor_name").text("value"))
        assertEquals(1, phone.list("luc thuong cuong").size)
        assertEquals(record, phone.call("last", """{"form":"contribution"}""").text("id"))
        assertEquals(JsonNull, phone.call("last", """{"form":"meeting"}"""))
        val kinds = phone.call("form", """{"name":"meeting"}""").jsonObject
            .getValue("sections").jsonArray.flatMap { it.jsonObject.getValue("fields").jsonArray }
            .map { it.text("kind") }
        assertTrue(kinds.containsAll(listOf("month", "date", "longText", "quantity")), "$kinds")
    }

    @Test
    fun `failures say what the screens can do about them`() {
        fun kind(method: String, argument: String) = phone.failure(method, argument).text("kind")
        val record = phone.saveGift().text("record")
        val wrong = phone.failure("save", TestPhone.gift("ông A", "năm nghìn"))
        val fields = wrong.getValue("violations").jsonArray.map { it.text("field") }
        assertEquals("violations", wrong.text("kind"))
        assertTrue("area_m2" in fields, "$fields")
        assertEquals("block", wrong.getValue("violations").jsonArray.first().text("severity"))
        assertEquals("unknownForm", kind("form", """{"name":"nothing"}"""))
        assertEquals("unknownRecord", kind("show", """{"record":"x"}"""))
        val noReason = """{"record":"$record","openedAt":"","reason":" "}"""
        assertEquals("reasonNeeded", kind("voidRecord", noReason))
        assertEquals("alreadyEnrolled", kind("enrol", """{"text":"ABC","server":null}"""))
        assertEquals("request", kind("list", """{"from":"yesterday"}"""))
        for ((method, argument) in listOf(
            "nothing" to "{}", "form" to "{", "form" to "[]", "form" to "{}",
            "form" to """{"name":1}""", "figures" to """{"year":70000}""",
            "setPreferences" to """{"textSize":7}""", "setLanguage" to """{"language":"fr"}""",
            "list" to """{"limit":-1}""",
            "readPhoto" to """{"width":3,"height":2,"grey":"AAAAAA=="}""",
            "readPhoto" to """{"width":-2,"height":-2,"grey":"AAAAAA=="}""",
            "readPhoto" to """{"width":2,"height":2,"grey":"?"}""",
            "check" to """{"form":"contribution","fields":{"area_m2":1.5},"rows":[]}""",
            "check" to """{"form":"contribution","fields":{"area_m2":{}},"rows":[]}"""
        )) {
            assertEquals("request", kind(method, argument), "$method $argument")
        }
    }

    @Test
    fun `a form that was opened before another save writes nothing`() {
        val record = phone.saveGift().text("record")
        val opened = patch(phone, record, "ông Cường")
        assertEquals(1, phone.call("edit", opened).number("entries"))
        val moved = phone.failure("edit", opened.replace("ông Cường", "ông Lục Cường"))
        assertEquals("moved", moved.text("kind"))
        same("MovedField", moved.first("fields"))
        val fields = moved.getValue("fields").jsonArray.associateBy { it.text("field") }
        assertEquals("ông Cường", fields.getValue("donor_name").text("now"))
    }

    @Test
    fun `a mistake in the app is an answer too, and says nothing of what was written`() {
        val host = TestHost(File(folder, "other"))
        val broken = mapOf<String, Method>(
            "wrong" to { _ -> error("ông Lục Thượng Cường") },
            "missing" to { _ -> throw NoClassDefFoundError("x") }
        )
        val bridge = Bridge(broken, RingLog(host))
        for (method in broken.keys) {
            val answer = bridge.call(method, "{}")
            assertTrue("\"kind\":\"internal\"" in answer, answer)
            assertFalse("Cường" in answer, answer)
        }
    }

    @Test
    fun `calls come from any thread`() {
        val pool = Executors.newFixedThreadPool(8)
        repeat(40) { number ->
            pool.execute {
                phone.call("saveDraft", """{"id":null,"form":"meeting","body":"$number"}""")
            }
        }
        pool.shutdown()
        assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS))
        assertEquals(40, phone.call("drafts").jsonArray.size)
    }

    @Test
    fun `what was saved and half typed is there at the next start`() {
        val draft = phone.call("saveDraft", """{"id":null,"form":"meeting","body":"nháp đầu"}""")
        phone.saveGift()
        phone.call("setPreferences", """{"textSize":150}""")
        phone.call("setLanguage", """{"language":"en"}""")
        phone.close()
        phone = TestPhone(File(folder, "phone"))
        assertEquals(1, phone.list().size)
        assertEquals("nháp đầu", phone.call("drafts").jsonArray.single().text("body"))
        assertEquals(150, phone.call("preferences").number("textSize"))
        val status = phone.status()
        assertEquals("en", status.text("language"))
        assertEquals(district.address, status.text("server"))
        phone.call("discardDraft", """{"id":${draft.jsonPrimitive.content}}""")
        assertEquals(0, phone.call("drafts").jsonArray.size)
    }

    @Test
    fun `a phone that another program holds says so at every call until it is free`() {
        val second = TestPhone(File(folder, "phone"))
        assertEquals("inUse", second.failure("status").text("kind"))
        assertEquals("inUse", second.failure("forms").text("kind"))
        phone.close()
        assertFalse(second.status().isNull("device"))
        second.close()
    }

    @Test
    fun `support gets versions and counts, and nothing that people wrote`() {
        phone.saveGift()
        phone.failure("save", TestPhone.gift("ông Tráng A Pao", "năm nghìn"))
        phone.failure("form", """{"name":"Tráng\nA Pao"}""")
        val name = phone.call("exportForSupport").text("name")
        val text = phone.host.handedOut.getValue(name)
        assertTrue(name.startsWith("soban-") && name.endsWith(".txt"), name)
        assertTrue("unsent 1" in text && "test 1" in text, text)
        assertTrue("save: Violations" in text, text)
        for (personal in listOf("Cường", "Pao", "Mai", "5.200")) {
            assertFalse(personal in text, "$personal in $text")
        }
    }

    @Test
    fun `a paper is handed out whole, under a name that any app takes`() {
        val page = "<p>ông Lục Thượng Cường \ud83d\ude00</p>"
        val asked = """{"title":"Hiến đất · ông Cường","page":"$page"}"""
        val name = phone.call("share", asked).text("name")
        assertTrue(name.startsWith("Hien-dat-ong-Cuong-") && name.endsWith(".html"), name)
        assertEquals(page, phone.host.handedOut.getValue(name))
        assertEquals("request", phone.failure("share", """{"title":"x"}""").text("kind"))
    }

    @Test
    fun `printing is the platform's`() {
        assertEquals(JsonNull, phone.call("print", """{"title":"Biên bản"}"""))
        assertEquals(listOf("Biên bản"), phone.host.printed)
    }
}
