import TestSupport

/// What an API server of Kubernetes 1.36 answered, as recorded; the token is one of nobody.
enum Answers {
    static let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6b2t0ZXRvOm9rdGV0byJ9.c2ln"

    static let created = LoopbackReply.response(
        201,
        """
        {"kind":"TokenRequest","apiVersion":"authentication.k8s.io/v1","metadata":{"name":"okteto","namespace":"okteto",\
        "uid":"3583bbf7-9e0d-45f4-8beb-c576de585090","creationTimestamp":"2026-11-23T22:32:38Z"},"spec":{"audiences":\
        ["okteto.example.com/us-east-2"],"expirationSeconds":600,"boundObjectRef":null},"status":{"token":"\(token)",\
        "expirationTimestamp":"2026-11-23T22:42:38Z"}}
        """,
        headers: ["Content-Type: application/json"]
    )

    static func status(_ code: Int, _ reason: String, _ message: String) -> LoopbackReply {
        .response(
            code,
            """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"\(message)",\
            "reason":"\(reason)","code":\(code)}
            """,
            headers: ["Content-Type: application/json"]
        )
    }
}
