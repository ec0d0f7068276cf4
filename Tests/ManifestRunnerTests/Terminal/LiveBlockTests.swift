import Testing

@testable import ManifestRunner

@Suite struct LiveBlockTests {
    private let two = [LiveRow("one"), LiveRow("two")]

    @Test func `rows are drawn below a line that has no end, and the cursor comes back to its end`() {
        var block = LiveBlock(reflows: true)
        #expect(block.draw(two, below: 5) == "\r\none\r\ntwo")
        #expect(block.clear(columns: 80) == "\r\u{1B}[1A\u{1B}[J\u{1B}[1A\u{1B}[5C")
        #expect(block.clear(columns: 80).isEmpty)
    }

    @Test func `rows in place of an empty line are taken away to its start`() {
        var block = LiveBlock(reflows: true)
        #expect(block.draw([LiveRow("one")], below: 0) == "one")
        #expect(block.clear(columns: 80) == "\r\u{1B}[J")
    }

    @Test func `other rows are drawn over them, and what was below is taken away`() {
        var block = LiveBlock(reflows: true)
        _ = block.draw(two, below: 0)
        #expect(block.redraw([LiveRow("x"), LiveRow("y")], columns: 80) == "\r\u{1B}[1Ax\u{1B}[K\r\ny\u{1B}[K")
        #expect(block.redraw([LiveRow("z")], columns: 80) == "\r\u{1B}[1Az\u{1B}[K\u{1B}[J")
        #expect(block.redraw([], columns: 80) == "\r\u{1B}[J")
    }

    @Test func `a terminal that became narrower has broken the rows, or has cut them`() {
        var block = LiveBlock(reflows: true)
        _ = block.draw([LiveRow("0123456789"), LiveRow("")], below: 0)
        #expect(block.clear(columns: 4) == "\r\u{1B}[3A\u{1B}[J")
        var other = LiveBlock(reflows: false)
        _ = other.draw([LiveRow("0123456789"), LiveRow("")], below: 0)
        #expect(other.redraw([LiveRow("x")], columns: 4) == "\r\u{1B}[1A\u{1B}[Jx")
    }

    @Test func `rows that are left stay as they are`() {
        var block = LiveBlock(reflows: true)
        _ = block.draw(two, below: 0)
        block.leave()
        #expect(block.clear(columns: 80).isEmpty)
    }
}
