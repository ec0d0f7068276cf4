/// Fails when a text has a character that could change what a terminal shows.
func expectShowable(_ text: String) {
    for scalar in text.unicodeScalars {
        precondition(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "a control character")
    }
}
