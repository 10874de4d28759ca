// A vendor's provider, with nothing of the SDK inside.
import { ProxyTracerProvider, trace } from '@opentelemetry/api';

class VendorTracerProvider {
  getTracer() {
    return new ProxyTracerProvider().getTracer('vendor');
  }
}
trace.setGlobalTracerProvider(new VendorTracerProvider());
