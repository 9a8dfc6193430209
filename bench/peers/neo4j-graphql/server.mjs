// @neo4j/graphql on Apollo Server over the graph that Rainmaker serves; what bench/api.py compares against.
// Reads NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD and PORT; prints a line once it listens.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type Person @node {
    id: ID!
    name: String!
    headline: String
    location: String
    optedOut: Boolean
    trusts: [Person!]! @relationship(type: "TRUSTS", direction: OUT, properties: "Trusts")
    roles: [Brand!]! @relationship(type: "HAS_ROLE", direction: OUT, properties: "HasRole")
  }

  type Brand @node {
    id: ID!
    name: String!
    domain: String
  }

  type Trusts @relationshipProperties {
    topicId: ID!
    strength: Float!
    cost: Int!
  }

  type HasRole @relationshipProperties {
    kind: String!
    topicId: ID!
    title: String
  }
`;

const { NEO4J_URI, NEO4J_USER = "neo4j", NEO4J_PASSWORD, PORT = "4000" } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = new ApolloServer({ schema, csrfPrevention: true });
const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: Number(PORT) } });
console.log(`listening on ${url}`);
