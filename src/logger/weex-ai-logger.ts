export class WeexAiLogger {}
