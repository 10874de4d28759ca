// A vendor's provider, with nothing of the SDK inside.
import { trace } from '@opentelemetry/api';

class VendorTracerProvider {
  getTracer() {
    return { startSpan() {}, startActiveSpan() {} };
  }
}
trace.setGlobalTracerProvider(new VendorTracerProvider());
