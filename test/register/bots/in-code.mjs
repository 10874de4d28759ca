// A bot that sets everything up by itself, as an author who bundles it writes it.
import { trace } from '@opentelemetry/api';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { AiStageSampler, startActiveStage, WeexSpanProcessor } from 'opentelemetry-exporter-weex';

const weex = new WeexSpanProcessor();
const provider = new TracerProvider({
  sampler: new AiStageSampler(new AlwaysOffSampler()),
  spanProcessors: [weex],
});
trace.setGlobalTracerProvider(provider);
const details = {
  model: 'm-1',
  input: { rsi: 28 },
  output: { action: 'buy' },
  explanation: 'RSI 28 is oversold.',
  orderId: '8001',
};
startActiveStage('Decision Making', details, () => {});
provider.shutdown().then(() => console.log('traded'));
