import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as CallbackManagerModule from '@langchain/core/callbacks/manager';

// LangChain has no module that could be patched while it loads.
new LangChainInstrumentation().manuallyInstrument(CallbackManagerModule);
