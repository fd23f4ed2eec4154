// Drives one phone through the generated module: the seam, not the domain. What phone.py does.

import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let folder = CommandLine.arguments[1]
let addressFile = CommandLine.arguments[2]
let invitation = try JSONSerialization.jsonObject(with: Data(CommandLine.arguments[3].utf8))
let code = (invitation as! [String: Any])["code"] as! String

func nowMs() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

func fail(_ what: String, line: UInt = #line) -> Never {
    FileHandle.standardError.write(Data("phone.swift:\(line): \(what)\n".utf8))
    exit(1)
}

func check(_ isSo: Bool, _ found: Any = "", line: UInt = #line) {
    if !isSo { fail("not so: \(found)", line: line) }
}

/// The server writes its address once it listens.
func server() -> String {
    let deadline = Date().addingTimeInterval(30)
    while Date() < deadline {
        let text = (try? String(contentsOfFile: addressFile, encoding: .utf8)) ?? ""
        let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if !address.isEmpty { return "http://" + address }
        Thread.sleep(forTimeInterval: 0.05)
    }
    fail("the server did not start")
}

/// What another thread brings.
final class Answer: @unchecked Sendable {
    var data: Data?
}

func post(_ path: String, _ body: Data, authorization: String? = nil) -> Data {
    var request = URLRequest(url: URL(string: server() + path)!)
    request.httpMethod = "POST"
    request.httpBody = body
    request.setValue("application/cbor", forHTTPHeaderField: "Content-Type")
    request.setValue(authorization, forHTTPHeaderField: "Authorization")
    let answered = DispatchSemaphore(value: 0)
    let answer = Answer()
    URLSession.shared.dataTask(with: request) { data, response, _ in
        if (response as? HTTPURLResponse)?.statusCode == 200 { answer.data = data }
        answered.signal()
    }.resume()
    answered.wait()
    guard let data = answer.data else { fail("\(path) was not answered") }
    return data
}

/// The error, whose case is of this name.
@discardableResult
func refused<T>(_ kind: String, line: UInt = #line, _ call: () throws -> T) -> Error {
    do {
        _ = try call()
    } catch {
        let name = String(describing: error).prefix { $0.isLetter }
        if name != kind { fail("no \(kind) but \(error)", line: line) }
        return error
    }
    fail("no \(kind)", line: line)
}

func text(_ value: String) -> FieldInput { .text(value: value) }

func number(_ value: Int64) -> FieldInput { .number(value: value) }

// A variable, since a phone is closed when the last who holds it lets go.
var phone: Phone! = try Phone.open(dir: folder)
refused("NotEnrolled") { try phone.outgoing(appVersion: "test", freeBytes: nil, nowMs: nowMs()) }
refused("InUse") { try Phone.open(dir: folder) }

let asking = try phone.enrolRequest(code: code, appVersion: "test")
try phone.finishEnrolment(answer: post("/v1/enrol", asking), nowMs: nowMs())
refused("AlreadyEnrolled") { try phone.enrolRequest(code: "X", appVersion: "test") }
check(try phone.forms(nowMs: nowMs()).contains { $0.name == "meeting" })

func found(by words: String) throws -> [ListItem] {
    try phone.list(
        query: ListQuery(
            form: nil, firstDay: nil, lastDay: nil, words: words, contested: false, offset: 0, limit: 0
        )
    )
}

func gift(_ area: FieldInput) -> NewRecord {
    NewRecord(
        form: "contribution",
        orgUnit: nil,
        fields: [
            "kind": text("land"),
            "donor_kind": text("individual"),
            "donor_name": text("ông Lục Thượng Cường"),
            "village": text("1034"),
            "occurred_on": text("12/4/2012"),
            "stage": text("pledged"),
            "area_m2": area,
        ],
        rows: [],
        confirmed: true,
        draft: nil
    )
}

// Everything that is wrong comes at once, in both languages.
let wrong = refused("Violations") { try phone.save(record: gift(text("năm nghìn")), nowMs: nowMs()) }
guard case let PhoneError.Violations(violations) = wrong else { fail("\(wrong)") }
check(violations.allSatisfy { !$0.vi.isEmpty && !$0.en.isEmpty }, violations)
check(violations.contains { $0.field == "area_m2" }, violations)

let saved = try phone.save(record: gift(text("5.200 m²")), nowMs: nowMs())
let shown = try phone.show(record: saved.record)
let area = shown.fields.first { $0.name == "area_m2" }
check(area?.value == number(5200), area as Any)
check(area?.text == "5.200\u{a0}m²", area as Any)
check(try found(by: "luc thuong cuong").map(\.id) == [saved.record])

refused("ReasonNeeded") {
    try phone.voidRecord(record: saved.record, openedAt: nil, reason: "  ", nowMs: nowMs())
}
refused("UnknownRecord") { try phone.show(record: "x") }

// A form opened before another save of the same field writes nothing.
var stale = RecordPatch(
    record: saved.record,
    openedAt: shown.state,
    fields: ["donor_name": text("ông Cường")],
    rows: [],
    newRows: [],
    confirmed: true,
    draft: nil
)
check(try phone.edit(patch: stale, nowMs: nowMs()).entries == 1)
stale.fields = ["donor_name": text("ông Lục Cường")]
let moved = refused("Moved") { try phone.edit(patch: stale, nowMs: nowMs()) }
guard case let PhoneError.Moved(fields) = moved else { fail("\(moved)") }
check(fields.contains { $0.field == "donor_name" }, fields)

// Calls from many threads wait for each other.
DispatchQueue.concurrentPerform(iterations: 8) { _ in
    _ = try? phone.saveDraft(id: nil, form: "meeting", body: "nháp đầu", nowMs: nowMs())
}
check(try phone.drafts().count == 8)
check(try phone.drafts().first?.body == "nháp đầu")

check(try phone.status(nowMs: nowMs()).unsent == 2)
let answer = post(
    "/v1/sync",
    try phone.outgoing(appVersion: "test", freeBytes: nil, nowMs: nowMs()),
    authorization: try phone.authorization()
)
refused("BadAnswer") { try phone.incoming(answer: answer.dropLast(), nowMs: nowMs()) }
let outcome = try phone.incoming(answer: answer, nowMs: nowMs())
check(outcome.stored == 2 && outcome.unsent == 0)
check(try phone.status(nowMs: nowMs()).unsent == 0)

// What was saved is there when the phone is opened again.
phone = nil
phone = try Phone.open(dir: folder)
check(try !phone.show(record: saved.record).fields.isEmpty)
check(try phone.history(record: saved.record).count == 2)

// A phone is closed when the last who holds it lets go, and not before.
var other: Phone? = phone
phone = nil
refused("InUse") { try Phone.open(dir: folder) }
check(try other?.status(nowMs: nowMs()).unsent == 0)
other = nil
phone = try Phone.open(dir: folder)

// Forms come with their questions, and read while they are filled in.
let form = try phone.form(name: "contribution")
let asked = form.sections.flatMap(\.fields).first { $0.name == "area_m2" }
check(asked?.kind == .quantity && asked?.unit == "m²", asked as Any)
let (kinds, policies): ([ContestKind], [Policy]) = ([.values, .void, .changed], [.quiet, .review, .critical])
let rulings: [Ruling] = [.set, .void, .keep, .same, .distinct, .split, .ask]
let problems: [Problem] = [.noGrant, .otherGeneration, .other]
check(kinds.count == policies.count && rulings.count == 7 && problems.count == 3, rulings)
refused("UnknownForm") { try phone.form(name: "không có") }
let filled = Filled(
    form: "contribution", fields: ["kind": text("land"), "area_m2": text("5.200")], rows: []
)
let checked = try phone.check(filled: filled, nowMs: nowMs())
let reading = checked.fields.first { $0.name == "area_m2" }
check(reading?.words == "năm nghìn hai trăm mét vuông", reading as Any)
check(checked.violations.contains { $0.severity == .block }, checked)
let villages = try phone.references(
    form: "contribution", field: "village", words: "pac bo", nowMs: nowMs()
)
check(villages.contains { $0.value == "1034" }, villages)
let totals = try phone.figures(year: 2012).flatMap(\.totals).map(\.text)
check(totals.contains("5.200\u{a0}m²"), totals)
check(try phone.last(form: "contribution")?.id == saved.record)
check(try phone.decisions(unread: false).isEmpty)
check(try phone.refused().isEmpty)
try phone.setLanguage(language: .en)
check(try phone.status(nowMs: nowMs()).language == .en)
check(try phone.supportReport().contains { $0.contains("unsent 0") })

/// Keeps what it hears, and then fails.
final class Log: LogSink, @unchecked Sendable {
    struct Full: Error {}

    var lines: [(LogLevel, String)] = []

    func log(level: LogLevel, message: String) throws {
        lines.append((level, message))
        throw Full()
    }
}

// A log that throws spoils nothing, and hears no names.
let log = Log()
phone.setLog(sink: log)
refused("UnknownRecord") { try phone.show(record: "x") }
refused("Violations") { try phone.save(record: gift(text("năm nghìn")), nowMs: nowMs()) }
check(log.lines.map(\.0) == [.warn], log.lines)
check(!log.lines.contains { $0.1.contains("Cường") }, log.lines)
phone.setLog(sink: nil)

// A panic in a save's transaction is an exception, and the file is what it was before it.
let renamed = RecordPatch(
    record: saved.record,
    openedAt: nil,
    fields: ["donor_name": text("ông Lục Thượng Cường")],
    rows: [],
    newRows: [],
    confirmed: true,
    draft: try phone.drafts().first?.id
)
let at = nowMs()

struct Held: Equatable {
    let status: Status
    let history: [HistoryStep]
    let list: [ListItem]
    let drafts: [Draft]
    let figures: [FormFigures]
}

func held() throws -> Held {
    Held(
        status: try phone.status(nowMs: at),
        history: try phone.history(record: saved.record),
        list: try found(by: ""),
        drafts: try phone.drafts(),
        figures: try phone.figures(year: 2012)
    )
}

let before = try held()
let changes: [() throws -> Void] = [
    { _ = try phone.edit(patch: renamed, nowMs: at) },
    { _ = try phone.save(record: gift(number(100)), nowMs: at) },
    { _ = try phone.voidRecord(record: saved.record, openedAt: nil, reason: "ghi nhầm", nowMs: at) },
    { _ = try phone.saveDraft(id: nil, form: "meeting", body: "nháp sau", nowMs: at) },
]
for change in changes {
    phone.panicAtNextChange()
    refused("rustPanic") { try change() }
    check(try held() == before)
}
phone = nil
phone = try Phone.open(dir: folder)
check(try held() == before)
check(try phone.edit(patch: renamed, nowMs: nowMs()).entries == 1)
check(try phone.status(nowMs: nowMs()).unsent == 1)
check(try phone.history(record: saved.record).count == 3)
check(try phone.drafts().count == 7)

// What is practised has a file of its own and is never sent.
let practice = try phone.openPractice(dir: folder + "/practice", nowMs: nowMs())
check(try practice.save(record: gift(number(100)), nowMs: nowMs()).entries == 1)
refused("Practice") { try practice.authorization() }
check(try phone.status(nowMs: nowMs()).unsent == 1)
