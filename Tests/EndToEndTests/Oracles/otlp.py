"""Reads a request of OTLP's JSON as a collector does: into the messages of opentelemetry-proto.

usage: otlp.py <BODY; prints the spans and the resource as JSON, and fails where the request is not one.
"""
import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2


def to_protobuf(value):
    """OTLP writes identifiers in hexadecimal, where protobuf's own JSON has base64."""
    if isinstance(value, list):
        return [to_protobuf(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: to_protobuf(item) for key, item in value.items()}
    for key, size in (("traceId", 16), ("spanId", 8), ("parentSpanId", 8)):
        if key in result:
            identifier = bytes.fromhex(result[key])
            assert len(identifier) == size and any(identifier) and result[key] == identifier.hex(), (key, result[key])
            result[key] = base64.b64encode(identifier).decode()
    return result


request = trace_service_pb2.ExportTraceServiceRequest()
json_format.ParseDict(to_protobuf(json.load(sys.stdin)), request)


def attributes(items):
    assert all(item.value.WhichOneof("value") for item in items)
    return {item.key: str(getattr(item.value, item.value.WhichOneof("value"))) for item in items}


spans = []
for resource in request.resource_spans:
    for scope in resource.scope_spans:
        for span in scope.spans:
            assert 0 < span.start_time_unix_nano <= span.end_time_unix_nano and span.name and span.kind
            spans.append({
                "name": span.name, "trace": span.trace_id.hex(), "id": span.span_id.hex(),
                "parent": span.parent_span_id.hex(), "state": span.trace_state, "failed": span.status.code == 2,
                "message": span.status.message, "attributes": attributes(span.attributes),
                "resource": attributes(resource.resource.attributes),
            })
print(json.dumps(spans))
